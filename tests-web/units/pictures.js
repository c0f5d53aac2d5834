// Pictures played step by step on a small canvas, so that tests can measure what is to be seen.
import { KnobView } from '/visuals/knob-view.js'
import { pieceNamed } from '/visuals/pieces.js'
import { RehearsedKnobs, RehearsedSound } from '/visuals/rehearsal.js'
import { SoundView } from '/visuals/sound-view.js'
import { Stage } from '/visuals/stage.js'

const [width, height] = [192, 108]

const infoOf = (name) => starling.catalogue.visuals.find((info) => info.name === name)

/** Plays `steps` frames of 1/60 s and gives what `look` makes of the pixels of each from `from` on. */
async function play(name, view, look, { steps = 60, from = steps - 1, isCalm = false } = {}) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const stage = new Stage(canvas, await pieceNamed(name), view)
  if (!stage.isReady) throw new Error(stage.message)
  stage.isCalm = isCalm
  const gl = canvas.getContext('webgl2')
  const seen = []
  for (let step = 0; step < steps; step += 1) {
    stage.step(1 / 60)
    if (step < from) continue
    const pixels = new Uint8Array(4 * width * height)
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
    seen.push(look(pixels))
  }
  const error = gl.getError()
  stage.end()
  if (error) throw new Error(`${name}: WebGL error ${error}`)
  return seen
}

const knobsOf = (info, changed) => {
  const knobs = new RehearsedKnobs(info)
  Object.assign(knobs.values, changed)
  return knobs
}

const rehearsed = (name, { values = {}, energy = 0.6 } = {}) => ({
  sound: new RehearsedSound({ energy: () => energy, name: 'Whisper' }), knobs: knobsOf(infoOf(name), values),
})

/** The last frame's pixels. `values` and `energy` are what the piece sees. */
export async function frame(name, { values, energy, steps = 60 } = {}) {
  return (await play(name, rehearsed(name, { values, energy }), (pixels) => pixels, { steps })).at(-1)
}

/** The mean difference of two frames, of 255. */
export function difference(a, b) {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += Math.abs(a[i] - b[i])
  return (sum / a.length) * (4 / 3) // alpha never differs
}

/** How much frames a sixth of a second apart differ, on average. */
export async function motion(name, isCalm) {
  const all = await play(name, rehearsed(name), (pixels) => pixels, { steps: 361, from: 240, isCalm })
  const frames = all.filter((_, index) => index % 10 === 0)
  return frames.slice(1).reduce((sum, pixels, index) => sum + difference(pixels, frames[index]), 0) / (frames.length - 1)
}

/** Something that goes from 0 to 1 and back so often a second. */
const alternating = (hertz) => (seconds) => (Math.floor(2 * hertz * seconds) % 2 === 0 ? 1 : 0)

/** What the views see of a player who does everything as wildly as can be: all knobs and the sound go up and down. */
function wildStarling(info, hertz, clock) {
  const up = alternating(hertz)
  const wild = (path) => {
    const name = path.split('/').at(-1)
    if (path.startsWith('/listen') || name === 'meter') return up(clock.seconds) ? 0 : -100
    const { minimum, maximum } = info.parameters.find((one) => one.name === name)
    return up(clock.seconds) ? maximum : minimum
  }
  return {
    running: true, bus: { value: wild }, ordered: () => [],
    outputSound: (into) => into.forEach((_, i) => (into[i] = up(clock.seconds) * Math.sin(i / 9))),
  }
}

const across = 6

/** Relative luminance, 0…1, of 6 × 6 parts of a frame: each is about a quarter of what the middle of an eye sees at once. */
function parts(pixels) {
  const sums = new Array(across * across).fill(0)
  const linear = (byte) => ((byte / 255 + 0.055) / 1.055) ** 2.4
  for (let at = 0; at < width * height; at += 1) {
    const part = across * Math.floor((across * Math.floor(at / width)) / height) + Math.floor((across * (at % width)) / width)
    sums[part] += 0.2126 * linear(pixels[4 * at]) + 0.7152 * linear(pixels[4 * at + 1]) + 0.0722 * linear(pixels[4 * at + 2])
  }
  return sums.map((sum) => (across * across * sum) / (width * height))
}

/** The luminance of each part in every frame of three seconds of wildness; `isBare` without what keeps it from flashing. */
export async function wildness(name, hertz, isBare = false) {
  const info = infoOf(name)
  const clock = { seconds: 0 }
  const starling = wildStarling(info, hertz, clock)
  const sound = new SoundView(starling)
  const knobs = isBare ? bare(starling.bus, info) : new KnobView(starling.bus, info)
  const tick = { read: (dt, isCalm) => {
    clock.seconds += dt
    sound.read(dt, isCalm)
    for (const key of ['level', 'energy', 'pulse', 'wave', 'name']) tick[key] = sound[key]
  } }
  return play(name, { sound: tick, knobs }, parts, { steps: 240, from: 60 })
}

function bare(bus, { name, parameters }) {
  const knobs = { values: {}, read: () => parameters.forEach((one) => (knobs.values[one.name] = bus.value(`/play/${name}/${one.name}`))) }
  knobs.read()
  return knobs
}
