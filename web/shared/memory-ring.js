/**
 * The last 30 seconds: a row of the bus and the sound of each hop. One writer, many readers, nobody ever waits.
 *
 * Layout: u32 hops published at byte 0 (wraps), i32 1 at byte 4 once the ring has been full, rows from byte 64 on,
 * behind them the sound. Hop h lies at h modulo the capacity, a power of two, so that the counter may wrap. The
 * writer never looks at readers: a reader copies first and then asks `isIntact` whether it has been overtaken.
 */
import { hopSize, rowWidth } from './abi.js'

/** How far back is remembered, in seconds. */
export const memorySeconds = 30

const headerBytes = 64
const hopBytes = 4 * (rowWidth + hopSize)
// A reader may take this many hops' time before what it reads is written anew.
const spareHops = 64

export class MemoryRing {
  #writing = 0

  /** How much memory the last 30 seconds need at a sample rate in Hz. */
  static byteCount(sampleRate) {
    const hops = Math.ceil((memorySeconds * sampleRate) / hopSize) + spareHops
    return headerBytes + hopBytes * 2 ** Math.ceil(Math.log2(hops))
  }

  /** @param {ArrayBuffer | SharedArrayBuffer} buffer of `byteCount` zeros, or one that already is a ring */
  constructor(buffer) {
    this.capacity = (buffer.byteLength - headerBytes) / hopBytes
    this.header = new Int32Array(buffer, 0, headerBytes / 4)
    this.rows = new Float32Array(buffer, headerBytes, this.capacity * rowWidth)
    this.sound = new Float32Array(buffer, headerBytes + this.capacity * rowWidth * 4)
  }

  // The writer. Allocates nothing.

  /** Adds samples behind those before. @param {Float32Array} samples no more than the ring holds */
  addSound(samples) {
    const end = this.#writing + samples.length
    if (end <= this.sound.length) this.sound.set(samples, this.#writing)
    else this.#addAroundEnd(samples)
    this.#writing = end & (this.sound.length - 1)
  }

  #addAroundEnd(samples) {
    for (let i = 0; i < samples.length; i += 1) this.sound[(this.#writing + i) & (this.sound.length - 1)] = samples[i]
  }

  /** Publishes a hop whose sound has been added. @param {Float32Array} row `rowWidth` values */
  addRow(row) {
    const hop = this.header[0]
    this.rows.set(row, (hop & (this.capacity - 1)) * rowWidth)
    if (((hop + 1) & (this.capacity - 1)) === 0) Atomics.store(this.header, 1, 1)
    Atomics.store(this.header, 0, (hop + 1) | 0)
  }

  // Readers.

  /** How many hops have been published, modulo 2³². */
  get hopCount() {
    return Atomics.load(this.header, 0) >>> 0
  }

  /** How many hops back can be read. */
  get available() {
    return Atomics.load(this.header, 1) === 1 ? this.capacity - spareHops : Math.min(this.hopCount, this.capacity - spareHops)
  }

  /** Whether what was read from this hop on was still whole after reading. */
  isIntact(hop) {
    return (this.hopCount - hop) >>> 0 < this.capacity
  }

  /** Where a hop's row begins in `rows`. */
  rowOffset(hop) {
    return (hop & (this.capacity - 1)) * rowWidth
  }

  /** Where a hop's sound begins in `sound`. */
  soundOffset(hop) {
    return (hop & (this.capacity - 1)) * hopSize
  }

  /**
   * Copies the first `columns` slots of `count` hops from `hop` on.
   * @returns {Float32Array | null} null when the reader was overtaken
   */
  copyRows(hop, count, columns) {
    const copy = new Float32Array(count * columns)
    for (let i = 0; i < count; i += 1) {
      const from = this.rowOffset(hop + i)
      copy.set(this.rows.subarray(from, from + columns), i * columns)
    }
    return this.isIntact(hop) ? copy : null
  }

  /**
   * Copies the sound of `count` hops from `hop` on.
   * @returns {Float32Array | null} null when the reader was overtaken
   */
  copySound(hop, count) {
    const copy = new Float32Array(count * hopSize)
    for (let i = 0; i < count; i += 1) {
      const from = this.soundOffset(hop + i)
      copy.set(this.sound.subarray(from, from + hopSize), i * hopSize)
    }
    return this.isIntact(hop) ? copy : null
  }
}
