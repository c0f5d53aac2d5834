import { element, setText } from '/widgets/dom.js'
import { featureRows } from './feature-rows.js'
import { inputSelect } from './input-select.js'
import { listenDoor } from './listen/door.js'
import { listenPath, soundPath } from './paths.js'

/** The last moment of sound in the scope. */
const scopeSeconds = 0.04
const scopeColumns = 240
/** Above this peak the sound is cut off. */
const tooLoud = 0.98
/** Below this loudness, in dB, there is too little to go by; below the other nothing at all. */
const tooQuiet = -50
const nothing = -90
/** So long it may be quiet before that is said. */
const quietSeconds = 8

/** Listen: where sound comes from, how it looks, and which of its features feed the model. */
export function listenView(root, store, files) {
  const rate = element('small')
  const scope = element('starling-scope', { label: 'Waveform of the input' })
  const level = element('starling-meter', { label: 'Level', bare: true, class: 'level' })
  const warning = element('p', { class: 'warning', role: 'status' })
  const door = listenDoor(store)
  root.append(element('div', { class: 'card' },
    element('h3', {}, inputSelect(store, files), rate), scope, level, warning, featureRows(store, door.derive), ...door.nodes))
  paintSound(store, scope, level)

  store.subscribe(() => {
    const { sampleRate } = store.starling.health
    setText(rate, sampleRate ? `${(sampleRate / 1000).toLocaleString('en')} kHz` : '')
  })
  const loudest = loudness(store.starling)
  store.frame.write(() => setText(warning, inputWarning(store.starling, level.position, loudest)))
}

function inputWarning({ input, running }, peak, loudest) {
  if (input.warning) return input.warning
  if (!running) return ''
  if (input.kind === 'none') return 'The input is off. Choose one above.'
  if (peak > tooLoud) return 'Too loud: turn the microphone down or move away.'
  return input.kind === 'microphone' || input.kind === 'device' ? quietWarning(loudest()) : ''
}

function quietWarning(level) {
  if (level < nothing) return 'Nothing arrives: is the microphone muted, or another one in use?'
  return level < tooQuiet ? `Too quiet: nothing above ${tooQuiet} dB lately. Come nearer or turn the microphone up.` : ''
}

/** A function that tells the loudest of the last seconds in dB; as loud as can be while so much was not heard yet. */
function loudness({ memory }) {
  let into
  return () => {
    into = memory.read(listenPath('loudness'), { from: quietSeconds, to: 0, points: 16, into })
    return into.max.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : value), -200)
  }
}

function paintSound({ starling, frame }, scope, level) {
  let into
  let peak = 0
  frame.paint(() => {
    if (!starling.running) return
    into = starling.memory.read(soundPath, { from: scopeSeconds, to: 0, points: scopeColumns, into })
    scope.draw(into.min, into.max)
    peak = Math.max(peak * 0.94, highest(into))
    level.position = peak
  })
  frame.write(() => {
    level.text = peak > 0.001 ? `peak ${(20 * Math.log10(peak)).toFixed(0)} dB` : 'silent'
  })
}

function highest({ min, max }) {
  let peak = 0
  for (let i = 0; i < min.length; i += 1) peak = Math.max(peak, max[i], -min[i])
  return Number.isFinite(peak) ? peak : 0
}
