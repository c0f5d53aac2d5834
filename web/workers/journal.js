/**
 * The journal: records appended to a segment and never changed; a new segment where the old one is mostly history.
 *
 * An old segment goes only when the new one is safe on the disk, so that a crash at any moment leaves a whole one. In
 * a new segment the document comes first, then the blobs that it needs: one that was cut off is seen to lack some.
 */
import { Record } from '../shared/abi.js'
import { joined } from '../shared/joined.js'

const flushMilliseconds = 1000
const retryMilliseconds = 5000

export class Journal {
  #engine
  #shelf
  #post
  #number = 0
  #file = null
  /** Records are framed when their turn comes, since frames are numbered. */
  #queue = []
  #isAppending = false
  #isFull = false
  #retryTimer = 0
  #writtenTicket = 0
  #flushedAt = 0
  #flushTimer = 0

  /**
   * @param {import('../shared/abi.js').EngineInstance} engine
   * @param {object} shelf
   * @param {(message: object) => void} post to the page
   */
  constructor(engine, shelf, post) {
    this.#engine = engine
    this.#shelf = shelf
    this.#post = post
  }

  /** Goes on behind what was recovered. @param {import('./recovery.js').Recovered} recovered */
  async resume(recovered) {
    this.#number = recovered.newest
    const { number, length, isWhole, isWasteful, document, blobs } = recovered
    if (isWhole && !isWasteful && !recovered.recovered) this.#file = await this.#shelf.write(number, length)
    if (!this.#file) await this.#begin(document, blobs, 0)
  }

  /** Begins anew with another project. */
  async replace(document, blobs, ticket) {
    await this.#file?.close()
    this.#file = null
    this.#queue = []
    await this.#begin(document, blobs, ticket)
  }

  /**
   * Appends records, all or none of them.
   * @param {{ kind: number, parts: (string | ArrayBufferView)[] }[]} records
   * @param {number} ticket named again when they are safe
   */
  record(records, ticket) {
    this.#queue.push({ records, ticket, bytes: null })
    return this.#append()
  }

  // A new segment; until there is room for it nothing is appended, and the old one stays.
  async #begin(document, blobs, ticket) {
    clearTimeout(this.#retryTimer)
    try {
      this.#file = await this.#newSegment(document, blobs)
      this.#writtenTicket = ticket
      this.#sayWritten()
      await this.#append()
    } catch (error) {
      this.#retry(error, () => this.#begin(document, blobs, ticket))
    }
  }

  async #newSegment(document, blobs) {
    this.#number += 1
    const file = await this.#shelf.write(this.#number, 0)
    if (!file) throw new Error('the browser does not let go of a file; close its other windows')
    try {
      await file.append(this.#framed({ kind: Record.document, parts: [document] }))
      for (const { bytes } of blobs) await file.append(this.#framed({ kind: Record.blob, parts: [bytes] }))
      await file.flush()
    } catch (error) {
      file.close()
      await this.#shelf.remove(this.#number)
      throw error
    }
    for (const old of await this.#shelf.list()) if (old < this.#number) await this.#shelf.remove(old).catch(() => {})
    return file
  }

  #framed({ kind, parts }) {
    const count = this.#engine.give(...parts)
    return this.#engine.taken(this.#engine.exports.journal_record(kind, count))
  }

  // A record that the engine does not take must not hold up those behind it.
  #framedTogether(records) {
    try {
      return joined(Uint8Array, records.map((record) => this.#framed(record)))
    } catch ({ message }) {
      this.#post({ type: 'notice', kind: 'error', message: `A change could not be saved. ${message}` })
      return new Uint8Array(0)
    }
  }

  async #append() {
    if (this.#isAppending || !this.#file) return
    this.#isAppending = true
    try {
      for (; this.#queue.length > 0; this.#queue.shift()) {
        const [next] = this.#queue
        next.bytes ??= this.#framedTogether(next.records)
        await this.#file.append(next.bytes)
        this.#writtenTicket = next.ticket
        this.#sayWritten()
      }
    } catch (error) {
      this.#retry(error, () => this.#append())
    }
    this.#isAppending = false
  }

  #sayWritten() {
    if (this.#isFull) this.#post({ type: 'state', state: 'saved' })
    this.#isFull = false
    this.#flushSoon()
  }

  // What could not be written stays in the queue, and in the page, until there is room again.
  #retry({ name, message }, work) {
    this.#retryTimer = setTimeout(work, retryMilliseconds)
    if (this.#isFull) return
    this.#isFull = true
    this.#post({ type: 'state', state: 'failed' })
    const text = `Saving fails (${name}: ${message}). Nothing is lost as long as this page is open: free some disk space, or export the project.`
    this.#post({ type: 'notice', kind: 'error', message: text })
  }

  #flushSoon() {
    if (this.#flushTimer) return
    const wait = Math.max(0, this.#flushedAt + flushMilliseconds - performance.now())
    this.#flushTimer = setTimeout(() => this.#flush(), wait)
  }

  async #flush() {
    this.#flushTimer = 0
    const ticket = this.#writtenTicket
    await this.#file?.flush()
    this.#flushedAt = performance.now()
    this.#post({ type: 'saved', ticket })
  }
}
