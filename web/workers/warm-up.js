/**
 * Teaches and plays something tiny at once, in an instance of its own, so that the browser has compiled the engine
 * before it matters: cold, training is up to six times slower, and compiling would interrupt the sound. Compiled code
 * is shared by all threads.
 */
import { Blob, EngineInstance, Step } from '../shared/abi.js'

const rate = 48000
const rowCount = 64
const blockSize = 128
const blockCount = 200
const mostMilliseconds = 60

/** @param {WebAssembly.Module} module */
export function warmUp(module) {
  const engine = new EngineInstance(module)
  train(engine)
  play(engine)
}

function train(engine) {
  const { exports } = engine
  engine.taken(exports.document_empty())
  const columns = engine.json(exports.catalogue()).features.flatMap(({ outputs }) => outputs).length
  const categories = Object.keys(engine.json(exports.document_json()).categories)
  const blobs = categories.map((category, index) => keepTake(engine, category, index, columns))
  engine.taken(exports.session_open(engine.give(engine.taken(exports.document_json()))))
  for (const { id, bytes } of blobs) engine.taken(exports.session_blob(engine.give(id, new Uint8Array(1), bytes)))
  const end = performance.now() + mostMilliseconds
  while (exports.session_step(200) & Step.more && performance.now() < end);
}

function keepTake(engine, category, index, columns) {
  const about = JSON.stringify({ category, rate: 100, seconds: rowCount / 100, sampleRate: rate })
  const rows = Float32Array.from({ length: rowCount * columns }, (_, i) => Math.sin(i * (index + 1)) + index)
  const counts = new Uint32Array([rowCount, columns])
  const command = engine.json(
    engine.exports.document_keep(engine.give(about, new Uint8Array(1), counts, rows, new Float32Array(rowCount))),
  )
  const id = command.changes.find(({ table, field }) => table === 'takes' && field === 'rows').value
  return { id, bytes: engine.taken(engine.exports.document_blob(engine.give(id))) }
}

function play(engine) {
  const { exports } = engine
  engine.taken(exports.engine_create(rate, blockSize))
  accept(engine, Blob.plan, 0, engine.taken(exports.document_plan()))
  if (exports.session_weights() === 0) {
    const weights = engine.taken()
    accept(engine, Blob.weights, new Uint32Array(weights.buffer, 0, 1)[0], weights.subarray(4))
  }
  const input = engine.floats(exports.engine_input(), blockSize)
  for (let block = 0; block < blockCount; block += 1) {
    input.forEach((_, i) => (input[i] = Math.sin(i * (block + 1)) / 4))
    exports.engine_process(blockSize)
  }
}

function accept(engine, kind, key, bytes) {
  engine.bytes(engine.exports.engine_blob(), bytes.length).set(bytes)
  engine.exports.engine_accept(kind, key, bytes.length / 4)
}
