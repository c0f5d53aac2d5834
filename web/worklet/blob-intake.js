/** Brings plans and weights into the engine, at most one piece in a callback. Allocates nothing after its construction. */
import { Blob } from '../shared/abi.js'
import { piecesOf } from '../shared/mailbox.js'
import { Status } from '../shared/status.js'

const bytesPerWord = 4

export class BlobIntake {
  #engine
  #link
  #room
  #current = null

  /**
   * @param {import('../shared/abi.js').EngineInstance} engine
   * @param {{ plan: object, weights: object, status: Int32Array }} link
   */
  constructor(engine, link) {
    this.#engine = engine.exports
    this.#link = link
    this.#room = piecesOf(engine.bytes(this.#engine.engine_blob(), this.#engine.engine_blob_capacity()))
  }

  /** To be called once a callback, before the engine's work. */
  step() {
    this.#current ??= this.#next()
    if (this.#current !== null && this.#current.movePiece(this.#room)) this.#accept()
  }

  // A plan first: weights may be for a model that only it knows.
  #next() {
    if (this.#link.plan.take()) return this.#link.plan
    return this.#link.weights.take() ? this.#link.weights : null
  }

  #accept() {
    const kind = this.#current === this.#link.plan ? Blob.plan : Blob.weights
    const status = this.#engine.engine_accept(kind, this.#current.key, this.#current.byteCount / bytesPerWord)
    if (status !== 0) this.#link.status[Status.refusals] += 1
    this.#current = null
  }
}
