/**
 * Plays instruments and effects in engine.wasm without a browser: a request a line of JSON in, a line of JSON out.
 *
 * A request is { changes, notes: [[note, velocity, from, to]], seconds, sampleRate, path }: changes of the starting project, notes
 * in seconds, and where to write the sound as float32, left and right by turns. { } asks for the catalogue.
 *
 * Usage: node tools/sounds/render.js FOLDER-WITH-THE-WASM-FILES
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

import { Blob, EngineInstance, Event } from '../../web/shared/abi.js'

const folder = process.argv[2]
const compiled = (name) => new WebAssembly.Module(readFileSync(`${folder}/${name}.wasm`))
const [engineModule, documentModule] = [compiled('engine'), compiled('document')]
const blockSize = 128

/** The starting project without what it holds, changed: its plan, and the slots of its parameters by path. */
function planOf(changes) {
  const document = new EngineInstance(documentModule)
  document.taken(document.exports.document_empty())
  const clear = [['instruments', 'choir'], ['effects', 'reverb'], ['models', 'sounds']]
  const all = [...clear.map(([table, id]) => ({ table, id, field: null, value: null })), ...changes]
  document.taken(document.exports.document_apply(document.give(JSON.stringify({ name: 'Set up', changes: all }))))
  return document.taken(document.exports.document_plan())
}

/** An engine that has accepted a plan and in which everything has come to rest. */
export function engineFor(changes, sampleRate) {
  const engine = new EngineInstance(engineModule, { initialMegabytes: 64, maximumMegabytes: 64 })
  engine.taken(engine.exports.engine_create(sampleRate, blockSize))
  const plan = planOf(changes)
  engine.bytes(engine.exports.engine_blob(), plan.length).set(plan)
  if (engine.exports.engine_accept(Blob.plan, 0, plan.length / 4) !== 0) throw new Error('the plan was refused')
  for (let i = 0; i < sampleRate / blockSize / 4; i += 1) engine.exports.engine_process(blockSize)
  return engine
}

/** Files events `{ kind, slot, value, time }` (time in sample-frames). */
function schedule(engine, events) {
  const view = new DataView(engine.memory.buffer, engine.exports.engine_events(), 16 * events.length)
  events.forEach(({ kind, slot, value, time }, index) => {
    view.setUint16(16 * index, kind, true)
    view.setUint16(16 * index + 2, slot, true)
    view.setFloat32(16 * index + 4, value, true)
    view.setFloat64(16 * index + 8, time, true)
  })
  engine.exports.engine_schedule(events.length)
}

/** The sound of notes in an engine, and how long it took to make, in milliseconds of processor time. */
export function play(engine, notes, seconds, sampleRate) {
  const start = Math.floor(sampleRate / blockSize / 4 + 1 - 1e-9) * blockSize
  const blocks = Math.ceil((seconds * sampleRate) / blockSize)
  const sound = new Float32Array(2 * blocks * blockSize)
  const events = notes.flatMap(([note, velocity, from, to]) => [
    { kind: Event.noteOn, slot: note, value: velocity, at: from },
    { kind: Event.noteOff, slot: note, value: 0, at: to },
  ]).map((event) => ({ ...event, time: start + Math.round(event.at * sampleRate) })).sort((a, b) => a.time - b.time)
  const [left, right] = [engine.exports.engine_left(), engine.exports.engine_right()].map((address) => engine.floats(address, blockSize))
  const begin = process.cpuUsage()
  for (let block = 0; block < blocks; block += 1) {
    const due = []
    while (events.length && events[0].time < start + (block + 1) * blockSize) due.push(events.shift())
    if (due.length) schedule(engine, due)
    engine.exports.engine_process(blockSize)
    for (let i = 0; i < blockSize; i += 1) {
      sound[2 * (block * blockSize + i)] = left[i]
      sound[2 * (block * blockSize + i) + 1] = right[i]
    }
  }
  const { user, system } = process.cpuUsage(begin)
  return { sound, milliseconds: (user + system) / 1000 }
}

function answer({ changes, notes, seconds, sampleRate, path }) {
  if (!changes) {
    const document = new EngineInstance(documentModule)
    return document.json(document.exports.catalogue())
  }
  const { sound, milliseconds } = play(engineFor(changes, sampleRate), notes, seconds, sampleRate)
  if (path) writeFileSync(path, sound)
  return { milliseconds }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`)
}
