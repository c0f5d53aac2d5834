/**
 * A worker that trains as the studio's training worker does, from nothing, and says how long it took.
 *
 * In: `{ modules, rows, kind }`. Out: milliseconds to take the rows in, until the first weights, until nothing more is
 * to be learned, and of the longest slice.
 */
import { EngineInstance, Step } from '/shared/abi.js'
import { SliceTimer } from '/workers/slice-timer.js'
import { warmUp } from '/workers/warm-up.js'

const categories = ['a', 'b', 'c']
const columns = Array.from({ length: 13 }, (_, index) => `mfcc-${index + 1}`)

onmessage = ({ data }) => {
  try {
    postMessage(measured(data))
  } catch (error) {
    postMessage({ error: String(error.stack) })
  }
}

function measured({ modules, rows, kind }) {
  warmUp(modules)
  const { document, blobs } = project(new EngineInstance(modules.document), rows, kind)
  const engine = new EngineInstance(modules.training)
  const begin = performance.now()
  engine.taken(engine.exports.session_open(engine.give(document)))
  for (const { id, bytes } of blobs) {
    engine.taken(engine.exports.session_blob(engine.give(id, new Uint8Array(1), bytes)))
  }
  return { opening: performance.now() - begin, ...train(engine, begin) }
}

function train(engine, begin) {
  const slices = new SliceTimer()
  let first = null
  for (;;) {
    const bits = slices.run((work) => engine.exports.session_step(work))
    if (bits & Step.weights) {
      first ??= performance.now() - begin
      while (engine.exports.session_weights() === 0);
    }
    if (!(bits & Step.more)) break
  }
  return { first, end: performance.now() - begin, longestSlice: slices.longest }
}

/** A document with as many rows in three overlapping clouds. */
function project(engine, rows, kind) {
  const blobs = categories.map((id, index) => {
    const bytes = rowsBlob(cloud(index, Math.ceil(rows / categories.length)))
    return { id: engine.text(engine.exports.document_add_blob(engine.give(bytes))), bytes }
  })
  const document = {
    models: { model: { name: 'Model', kind, inputs: ['mfcc'] } },
    categories: Object.fromEntries(categories.map((id) => [id, { model: 'model', name: id }])),
    takes: Object.fromEntries(categories.map((id, index) => [`take-${id}`, {
      category: id, rate: 187.5, seconds: 1, columns, rows: blobs[index].id,
    }])),
  }
  return { document: JSON.stringify(document), blobs }
}

function cloud(category, count) {
  let seed = 1 + category
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 4294967296
  const gauss = () => Array.from({ length: 6 }, random).reduce((sum, value) => sum + value, -3)
  const values = new Float32Array(count * columns.length)
  for (let i = 0; i < values.length; i += 1) {
    const centre = 20 * Math.sin(category * 2 + (i % columns.length))
    values[i] = centre + 36 * gauss()
  }
  return values
}

/** Rows as takes keep them: see Sources/StarlingProject/Rows.swift. */
function rowsBlob(values) {
  const bytes = new Uint8Array(24 + values.byteLength)
  const view = new DataView(bytes.buffer)
  const header = [0x73776f72, 1, values.length / columns.length, columns.length]
  header.forEach((word, index) => view.setUint32(4 * index, word, true))
  view.setFloat64(16, 187.5, true)
  bytes.set(new Uint8Array(values.buffer), 24)
  return bytes
}
