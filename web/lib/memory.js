/** Reads the last 30 seconds: envelopes to draw, and moments to keep. */
import { hopSize } from '../shared/abi.js'
import { memorySeconds } from '../shared/memory-ring.js'
import { SoundEnvelope } from './sound-envelope.js'

/** The path under which the sound itself is read. */
export const soundPath = '/input/sound'

export class Memory {
  #slotOf
  #ring = null
  #envelope = null
  #hopSeconds = 0

  /** @param {(path: string) => object | undefined} slotOf finds a slot of the bus */
  constructor(slotOf) {
    this.#slotOf = slotOf
  }

  /** Begins anew with another ring. */
  connect(ring, sampleRate) {
    this.#ring = ring
    this.#envelope = new SoundEnvelope(ring)
    this.#hopSeconds = hopSize / sampleRate
  }

  /** How far back can be remembered at most, in seconds. */
  get seconds() {
    return memorySeconds
  }

  /** How far back there is something now, in seconds. */
  get availableSeconds() {
    return this.#ring ? Math.min(memorySeconds, this.#ring.available * this.#hopSeconds) : 0
  }

  /** Rows a second; 0 before the sound has been started. */
  get rate() {
    return this.#ring ? 1 / this.#hopSeconds : 0
  }

  /** Samples a second; 0 before the sound has been started. */
  get sampleRate() {
    return this.rate * hopSize
  }

  /** The newest value of a slot; NaN before the sound has been started. @param {number} slot */
  newest(slot) {
    const hopCount = this.#ring?.hopCount ?? 0
    return hopCount > 0 ? this.#ring.rows[this.#ring.rowOffset(hopCount - 1) + slot] : NaN
  }

  /**
   * The smallest and largest values of a stretch of time, for drawing.
   *
   * @param {string} path of a slot, in its unit, or '/input/sound', −1…1
   * @param {object} [options]
   * @param {number} [options.from] where it begins, in seconds ago
   * @param {number} [options.to] where it ends, in seconds ago
   * @param {number} [options.points] how many pairs; each covers the same hops whenever it is read
   * @param {{ min: Float32Array, max: Float32Array }} [options.into] an earlier result to write into
   * @returns {{ min: Float32Array, max: Float32Array }} NaN where nothing was heard
   */
  read(path, { from = memorySeconds, to = 0, points = 600, into } = {}) {
    const result = into ?? { min: new Float32Array(points), max: new Float32Array(points) }
    const slot = this.#slotOf(path)?.slot
    if (!this.#ring || (slot === undefined && path !== soundPath)) {
      result.min.fill(NaN)
      result.max.fill(NaN)
      return result
    }
    const hopsAPoint = (from - to) / this.#hopSeconds / result.min.length
    const reader = path === soundPath ? this.#soundReader(hopsAPoint) : rowReader(this.#ring, slot)
    fill(result, reader, this.#ring, to / this.#hopSeconds, hopsAPoint)
    return result
  }

  /** Hops so far: where something that begins now begins. */
  get hopCount() {
    return this.#ring?.hopCount ?? 0
  }

  /**
   * The hops between two times.
   * @param {number} from in seconds ago
   * @param {number} to in seconds ago
   * @returns {{ hop: number, count: number }} fewer than asked for where not so much is remembered
   */
  between(from, to) {
    const back = Math.min(Math.round(from * this.rate), this.#ring?.available ?? 0)
    return { hop: this.hopCount - back, count: Math.max(0, back - Math.round(to * this.rate)) }
  }

  /**
   * The first `columns` slots and the sound of some hops.
   * @returns {{ rows: Float32Array, sound: Float32Array } | null} null when they have been overwritten meanwhile
   */
  copy(hop, count, columns) {
    const rows = this.#ring.copyRows(hop, count, columns)
    const sound = this.#ring.copySound(hop, count)
    return rows && sound && { rows, sound }
  }

  // From far away hop by hop, from near sample by sample.
  #soundReader(hopsAPoint) {
    if (hopsAPoint < 1) return sampleReader(this.#ring)
    this.#envelope.catchUp()
    return this.#envelope
  }
}

function rowReader(ring, slot) {
  const value = (hop) => ring.rows[ring.rowOffset(hop) + slot]
  return { perHop: 1, minimum: value, maximum: value }
}

function sampleReader({ sound }) {
  const value = (sample) => sound[sample & (sound.length - 1)]
  return { perHop: hopSize, minimum: value, maximum: value }
}

// Points lie on a grid that does not move with time, so that a picture that moves on does not flicker.
function fill({ min, max }, reader, ring, hopsAgo, hopsAPoint) {
  const newest = ring.hopCount * reader.perHop
  const oldest = newest - ring.available * reader.perHop
  const width = hopsAPoint * reader.perHop
  const first = Math.floor((newest - hopsAgo * reader.perHop) / width) - min.length
  for (let point = 0; point < min.length; point += 1) {
    const start = Math.floor((first + point) * width)
    const stop = Math.max(start + 1, Math.floor((first + point + 1) * width))
    const isKnown = start >= oldest && stop <= newest
    min[point] = isKnown ? extreme(Math.min, reader.minimum, start, stop) : NaN
    max[point] = isKnown ? extreme(Math.max, reader.maximum, start, stop) : NaN
  }
}

function extreme(choose, value, start, stop) {
  let result = value(start)
  for (let at = start + 1; at < stop; at += 1) result = choose(result, value(at))
  return result
}
