/** Reads a journal segment back. */

/**
 * @typedef {object} Recovered
 * @property {number} number of the segment
 * @property {number} newest the highest number of any segment
 * @property {number} length of its sound part, in bytes
 * @property {Uint8Array} document as JSON
 * @property {{ id: string, bytes: Uint8Array }[]} blobs all that the document refers to and that are there
 * @property {boolean} isWhole whether no blob is missing
 * @property {boolean} isWasteful whether it is mostly history
 * @property {boolean} recovered whether a take was rebuilt that is not in the segment as such
 * @property {string} message what was rebuilt and what was lost, in words; empty if nothing
 */

// History may outweigh what is alive by this much before it is left behind.
const wasteBytes = 4 * 1048576

/**
 * The newest segment that lacks nothing, or the oldest with a document at all.
 * @param {import('../shared/abi.js').EngineInstance} engine
 * @param {{ list: () => Promise<number[]>, read: (number: number) => Promise<Uint8Array> }} shelf
 * @returns {Promise<Recovered | null>}
 */
export async function recover(engine, shelf) {
  const numbers = await shelf.list()
  let last = null
  for (const number of numbers) {
    const found = read(engine, await shelf.read(number))
    if (found) last = { ...found, number, newest: numbers[0] }
    if (found?.isWhole) return last
  }
  return last
}

function read(engine, bytes) {
  const { exports } = engine
  try {
    const { length, records, isWhole, recovered, message } = engine.json(exports.journal_recover(engine.give(bytes)))
    // The first record is the document.
    if (records === 0) return null
    const document = engine.taken(exports.document_json())
    const blobs = engine.json(exports.journal_blobs()).map((id) => ({ id, bytes: blob(engine, id) }))
    const alive = blobs.reduce((sum, { bytes: { length: count } }) => sum + count, document.length)
    const isWasteful = bytes.length > 2 * alive + wasteBytes
    return { length, document, blobs, isWhole, isWasteful, recovered, message }
  } catch {
    // Nothing in it can be read: as good as no segment.
    return null
  }
}

function blob(engine, id) {
  return engine.taken(engine.exports.document_blob(engine.give(id)))
}
