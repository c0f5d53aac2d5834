/**
 * Teaches and plays something tiny at once, in instances of its own, so that the browser has compiled the engine
 * before it matters: cold, training is up to six times slower, and compiling would interrupt the sound. Compiled code
 * is shared by all threads.
 */
import { Blob, EngineInstance, Step } from '../shared/abi.js'

const rate = 48000
const rowCount = 64
const blockSize = 128
const blockCount = 200
const mostMilliseconds = 60

/** @param {{ training: WebAssembly.Module, document: WebAssembly.Module, engine: WebAssembly.Module }} modules */
export function warmUp(modules) {
  const document = new EngineInstance(modules.document)
  const blobs = write(document)
  const plan = document.taken(document.exports.document_plan())
  const json = document.taken(document.exports.document_json())
  play(new EngineInstance(modules.engine), plan, train(new EngineInstance(modules.training), json, blobs))
}

/** A project with a take of each category; the takes' rows. */
function write(document) {
  const { exports } = document
  document.taken(exports.document_empty())
  const columns = document.json(exports.catalogue()).features.flatMap(({ outputs }) => outputs).length
  const categories = Object.keys(document.json(exports.document_json()).categories)
  return categories.map((category, index) => keepTake(document, category, index, columns))
}

/** The weights, with their model's key before them; null if there are none in time. */
function train(session, document, blobs) {
  const { exports } = session
  session.taken(exports.session_open(session.give(document)))
  for (const { id, bytes } of blobs) session.taken(exports.session_blob(session.give(id, new Uint8Array(1), bytes)))
  const end = performance.now() + mostMilliseconds
  while (exports.session_step(200) & Step.more && performance.now() < end);
  return exports.session_weights() === 0 ? session.taken() : null
}

function keepTake(document, category, index, columns) {
  const about = JSON.stringify({ category, rate: 100, seconds: rowCount / 100, sampleRate: rate })
  const rows = Float32Array.from({ length: rowCount * columns }, (_, i) => Math.sin(i * (index + 1)) + index)
  const counts = new Uint32Array([rowCount, columns])
  const command = document.json(
    document.exports.document_keep(document.give(about, new Uint8Array(1), counts, rows, new Float32Array(rowCount))),
  )
  const id = command.changes.find(({ table, field }) => table === 'takes' && field === 'rows').value
  return { id, bytes: document.taken(document.exports.document_blob(document.give(id))) }
}

function play(engine, plan, weights) {
  const { exports } = engine
  engine.taken(exports.engine_create(rate, blockSize))
  accept(engine, Blob.plan, 0, plan)
  if (weights) accept(engine, Blob.weights, new Uint32Array(weights.buffer, 0, 1)[0], weights.subarray(4))
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
