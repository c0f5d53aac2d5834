/**
 * Runs the engine's parts directly in the page, without sound, so that its results can be compared with the native program's.
 *
 * Results are base64 of bytes; floats have 32 bits, little endian.
 */
import { Blob as Accepted, EngineInstance, Step, bytesOf, compileEngine, rowWidth } from '/shared/abi.js'
import { ProjectDocument } from '/lib/project-document.js'
import { MailboxWriter } from '/shared/mailbox.js'
import { SharedLink } from '/shared/shared-link.js'

export const sampleRate = 48000
const anyWork = 100000

const compiled = {}

/** One of the engine's parts. @param {'engine' | 'training' | 'document'} name @returns {Promise<WebAssembly.Module>} */
export const part = (name) => (compiled[name] ??= compileEngine(`/generated/${name}.wasm`))

export async function bytesAt(url) {
  return new Uint8Array(await (await fetch(url)).arrayBuffer())
}

/** What a part asks of its surroundings: `['env.memory']`. */
export async function imports(name) {
  return WebAssembly.Module.imports(await part(name)).map((one) => `${one.module}.${one.name}`)
}

/** A project's plan, how it listens, the weights that training it to the end makes, `[{ key, bytes }]`, and the slots in use. */
export async function trained(projectBytes) {
  const document = new ProjectDocument(await part('document'))
  document.import(projectBytes)
  const session = new EngineInstance(await part('training'))
  session.taken(session.exports.session_open(session.give(document.json)))
  for (const { id, bytes } of document.rows) session.taken(session.exports.session_blob(session.give(id, new Uint8Array(1), bytes)))
  while (session.exports.session_step(anyWork) & Step.more);
  const weights = []
  while (session.exports.session_weights() === 0) {
    const bytes = session.taken()
    weights.push({ key: new DataView(bytes.buffer).getUint32(0, true), bytes: bytes.subarray(4) })
  }
  return { plan: document.plan, listening: document.listening, weights, slots: document.slotList.map(({ slot }) => slot) }
}

/**
 * The ready example with two outputs more that learn from its takes: a knob, and two gestures; each by a kind of model.
 * @returns {Promise<Uint8Array>} a .starling file
 */
export async function threeKinds(projectBytes, [choice, knob, gesture]) {
  const document = new ProjectDocument(await part('document'))
  document.import(projectBytes)
  const takes = Object.keys(document.tables.takes)
  const set = (table, id, fields) => Object.entries(fields).map(([field, value]) => ({ table, id, field, value }))
  const inputs = ['centroid', 'mfcc']
  const changes = [
    ...set('models', 'voice', { kind: choice }),
    ...set('models', 'size', { name: 'Size', kind: knob, drive: 'follow', inputs, order: 2 }),
    ...set('categories', 'examples', { model: 'size', name: 'Examples' }),
    ...set('knobs', 'scale', { model: 'size', name: 'Scale', minimum: 1, maximum: 4 }),
    ...set('models', 'turns', { name: 'Turns', kind: gesture, drive: 'gesture', inputs, order: 3 }),
    ...set('categories', 'rise', { model: 'turns', name: 'Rise' }),
    ...set('categories', 'fall', { model: 'turns', name: 'Fall', order: 1 }),
    ...takes.flatMap((take, index) => [
      ...set('takes', take, { parameters: ['size/scale'], targets: [1 + (3 * index) / takes.length] }),
      ...set('labels', `label-${index}`, { take, category: index % 2 ? 'rise' : 'fall' }),
    ]),
  ]
  document.apply({ name: 'Three kinds', changes })
  return document.export()
}

/** An engine that has accepted a plan (if there is one) and weights. */
export async function engineWith({ plan, listening = [], weights }, maximumBlock) {
  const engine = new EngineInstance(await part('engine'), { initialMegabytes: 56, maximumMegabytes: 56 })
  engine.taken(engine.exports.engine_create(sampleRate, maximumBlock, ...listening))
  const accept = (kind, key, bytes) => {
    engine.bytes(engine.exports.engine_blob(), bytes.length).set(bytes)
    if (engine.exports.engine_accept(kind, key, bytes.length / 4) !== 0) throw new Error(`blob ${kind} was refused`)
  }
  if (plan) accept(Accepted.plan, 0, plan)
  for (const { key, bytes } of weights) accept(Accepted.weights, key, bytes)
  return engine
}

/**
 * Lets an engine hear a sound in blocks.
 * @returns {{ left: Float32Array, right: Float32Array, rows: Float32Array, memoryGrew: boolean }} rows: these slots of the
 *   bus at each hop
 */
export function run(engine, sound, blockSize, slots = []) {
  const { exports } = engine
  const before = engine.memory.buffer
  const input = engine.floats(exports.engine_input(), blockSize)
  const outputs = [exports.engine_left(), exports.engine_right()].map((address) => engine.floats(address, blockSize))
  const bus = engine.floats(exports.engine_bus(), rowWidth)
  const left = new Float32Array(sound.length)
  const right = new Float32Array(sound.length)
  const rows = []
  let hops = exports.engine_hop_count()
  for (let at = 0; at < sound.length; at += blockSize) {
    const count = Math.min(blockSize, sound.length - at)
    input.set(sound.subarray(at, at + count))
    exports.engine_process(count)
    left.set(outputs[0].subarray(0, count), at)
    right.set(outputs[1].subarray(0, count), at)
    if (exports.engine_hop_count() !== hops) rows.push(...slots.map((slot) => bus[slot]))
    hops = exports.engine_hop_count()
  }
  return { left, right, rows: Float32Array.from(rows), memoryGrew: engine.memory.buffer !== before }
}

/** The same engine where it lives in a page: in the AudioWorklet, here rendering faster than time. */
export async function runInWorklet({ plan, listening, weights }, sound) {
  const context = new OfflineAudioContext({ numberOfChannels: 2, length: sound.length, sampleRate })
  await context.audioWorklet.addModule('/worklet/starling-processor.js')
  const link = filledLink(plan, weights)
  const processorOptions = { module: await part('engine'), link, listening }
  const node = new AudioWorkletNode(context, 'starling', {
    channelCount: 1, channelCountMode: 'explicit', outputChannelCount: [2], processorOptions,
  })
  const buffer = new AudioBuffer({ length: sound.length, sampleRate })
  buffer.copyToChannel(sound, 0)
  const source = new AudioBufferSourceNode(context, { buffer })
  source.connect(node).connect(context.destination)
  source.start()
  const rendered = await context.startRendering()
  return { left: rendered.getChannelData(0), right: rendered.getChannelData(1) }
}

/** The parts of a link whose mailboxes are already full; copies will do, since nothing is written later. */
function filledLink(plan, weights) {
  const capacity = 524288 * 4
  const shared = globalThis.SharedArrayBuffer
  globalThis.SharedArrayBuffer ??= ArrayBuffer
  const { parts } = new SharedLink(sampleRate, capacity)
  globalThis.SharedArrayBuffer = shared
  new MailboxWriter(parts.plan, capacity).write(0, plan)
  for (const { key, bytes } of weights) new MailboxWriter(parts.weights, capacity).write(key, bytes)
  return parts
}

/** Speech-like test sound: a glide from 110 to 880 Hz with noise bursts; the same bits everywhere, no `Math.sin`. */
export function testSound(seconds) {
  const sound = new Float32Array(Math.round(seconds * sampleRate))
  let phase = 0
  let seed = 1
  for (let i = 0; i < sound.length; i += 1) {
    phase = (phase + (110 + (770 * i) / sound.length) / sampleRate) % 1
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    const burst = i % 24000 < 4000 ? (seed / 4294967296 - 0.5) * 0.3 : 0
    sound[i] = 0.25 * (4 * Math.abs(phase - 0.5) - 1) + burst
  }
  return sound
}

/** 16-bit mono WAV bytes as floats. */
export function soundOf(wavBytes) {
  const view = new DataView(wavBytes.buffer, wavBytes.byteOffset)
  return Float32Array.from({ length: (wavBytes.length - 44) / 2 }, (_, i) => view.getInt16(44 + 2 * i, true) / 32768)
}

export function base64(floats) {
  const bytes = bytesOf(floats)
  let text = ''
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768))
  return btoa(text)
}
