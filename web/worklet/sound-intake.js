/**
 * Brings sounds into the engine's bank, at most one piece in a callback, into a room that nothing plays from.
 * Allocates nothing after its construction.
 */
import { piecesOf } from '../shared/mailbox.js'
import { Status } from '../shared/status.js'

const bytesPerWord = 4

export class SoundIntake {
  #engine
  #link
  #rooms = []
  #room = -1

  /**
   * @param {import('../shared/abi.js').EngineInstance} engine
   * @param {{ sound: import('../shared/mailbox.js').MailboxReader, status: Int32Array }} link
   */
  constructor(engine, link) {
    this.#engine = engine.exports
    this.#link = link
    const capacity = this.#engine.engine_blob_capacity()
    for (let address; (address = this.#engine.engine_sound_room(this.#rooms.length)) !== 0; ) {
      this.#rooms.push(piecesOf(engine.bytes(address, capacity)))
    }
  }

  /** To be called once a callback, before the engine's work. */
  step() {
    if (this.#room < 0) this.#begin()
    else if (this.#link.sound.movePiece(this.#rooms[this.#room])) this.#accept()
  }

  // Only with a room to move it to.
  #begin() {
    const room = this.#engine.engine_free_room()
    if (room >= 0 && this.#link.sound.take()) this.#room = room
  }

  #accept() {
    const { key, byteCount } = this.#link.sound
    if (this.#engine.engine_accept_sound(key, byteCount / bytesPerWord) !== 0) this.#link.status[Status.refusals] += 1
    this.#link.status[Status.sounds] += 1
    this.#room = -1
  }
}
