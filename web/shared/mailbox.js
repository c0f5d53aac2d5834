/**
 * Plans and weights on their way to the audio thread: one writer, one reader, the newest wins, nobody ever waits.
 *
 * Three drawers: the writer fills its own, the reader empties its own, and the third lies between them. Each side
 * exchanges its drawer for the one in between in a single atomic step, so that a blob is either whole or not there.
 *
 * Layout: i32 at byte 0 names the drawer in between, plus 4 while its blob is new; from byte 64 on the three
 * drawers' u32 key and u32 byte count; from byte 128 on the drawers.
 */
import { StarlingError } from './errors.js'

const isNew = 4
const labelBytes = 64
const bodyBytes = 128

/** The reader moves at most this much in one callback. */
export const pieceBytes = 65536

const drawerBytes = (capacity) => Math.ceil(capacity / 8) * 8

export class MailboxWriter {
  #between
  #labels
  #drawers
  #own = 1

  /** How much memory a mailbox for blobs of at most `capacity` bytes needs. */
  static byteCount = (capacity) => bodyBytes + 3 * drawerBytes(capacity)

  /**
   * @param {ArrayBuffer | SharedArrayBuffer} buffer of `byteCount(capacity)` zeros
   * @param {number} capacity in bytes
   */
  constructor(buffer, capacity) {
    this.#between = new Int32Array(buffer, 0, 1)
    this.#labels = new Uint32Array(buffer, labelBytes, 6)
    this.#drawers = drawers(buffer, capacity)
  }

  /** True as long as the reader has not begun with the last blob. */
  get isWaiting() {
    return (Atomics.load(this.#between, 0) & isNew) !== 0
  }

  /**
   * Sends a blob; one that still waits is forgotten.
   * @param {number} key of the model for weights, otherwise 0
   * @param {Uint8Array} bytes
   * @throws {StarlingError} when it is too long
   */
  write(key, bytes) {
    const drawer = this.#drawers[this.#own]
    if (bytes.length > drawer.length) {
      throw new StarlingError(`This project needs ${bytes.length} bytes at once in the sound engine; ${drawer.length} fit. Remove some takes.`)
    }
    drawer.set(bytes)
    this.#labels[this.#own * 2] = key
    this.#labels[this.#own * 2 + 1] = bytes.length
    this.#own = Atomics.exchange(this.#between, 0, this.#own | isNew) & 3
  }
}

/** Allocates nothing after its construction. */
export class MailboxReader {
  /** The blob in hand: its key, its length in bytes. */
  key = 0
  byteCount = 0
  #between
  #labels
  #pieces
  #own = 2
  #moved = 0

  /** The arguments of `MailboxWriter`. */
  constructor(buffer, capacity) {
    this.#between = new Int32Array(buffer, 0, 1)
    this.#labels = new Uint32Array(buffer, labelBytes, 6)
    this.#pieces = drawers(buffer, capacity).map(piecesOf)
  }

  /** Takes the newest blob in hand; false when there is none. */
  take() {
    if ((Atomics.load(this.#between, 0) & isNew) === 0) return false
    this.#own = Atomics.exchange(this.#between, 0, this.#own) & 3
    this.key = this.#labels[this.#own * 2]
    this.byteCount = this.#labels[this.#own * 2 + 1]
    this.#moved = 0
    return true
  }

  /**
   * Moves the next piece of the blob in hand.
   * @param {Uint8Array[]} target room for the blob, cut by `piecesOf`
   * @returns {boolean} true when all of it has been moved
   */
  movePiece(target) {
    target[this.#moved].set(this.#pieces[this.#own][this.#moved])
    this.#moved += 1
    return this.#moved * pieceBytes >= this.byteCount
  }
}

/** Cuts bytes into the views that are moved one a callback. @param {Uint8Array} bytes @returns {Uint8Array[]} */
export function piecesOf(bytes) {
  const pieces = []
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes))
  return pieces
}

function drawers(buffer, capacity) {
  return [0, 1, 2].map((index) => new Uint8Array(buffer, bodyBytes + index * drawerBytes(capacity), capacity))
}
