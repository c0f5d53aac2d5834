/**
 * Events on their way to the audio thread: one writer, one reader, nobody ever waits.
 *
 * Layout: u32 events written at byte 0, u32 events read at byte 64 (apart, so that the two threads do not share a
 * cache line), events from byte 128 on. An event is 16 bytes as `engine_schedule` takes it: u16 kind, u16 slot,
 * f32 value, f64 time in sample-frames (0: at once). Both counters wrap.
 */
const written = 0
const read = 16
const bodyBytes = 128
const capacity = 256
const wordsPerEvent = 4

export class ControlRing {
  /** How much memory a ring needs. */
  static byteCount = bodyBytes + capacity * 16

  /** @param {ArrayBuffer | SharedArrayBuffer} buffer of `byteCount` zeros, or one that already is a ring */
  constructor(buffer) {
    this.counters = new Int32Array(buffer, 0, bodyBytes / 4)
    this.words = new Int32Array(buffer, bodyBytes)
    this.kinds = new Uint16Array(buffer, bodyBytes)
    this.values = new Float32Array(buffer, bodyBytes)
    this.times = new Float64Array(buffer, bodyBytes)
  }

  /**
   * The writer's side.
   * @param {number} kind one of `Event`
   * @param {number} slot of the bus, or a note number
   * @param {number} value in the slot's unit, or a velocity 0…1
   * @param {number} [time] in sample-frames since the engine began; the past means at once
   * @returns {boolean} false when the ring is full and the event was dropped
   */
  push(kind, slot, value, time = 0) {
    const count = this.counters[written]
    if (((count - Atomics.load(this.counters, read)) | 0) >= capacity) return false
    const at = count & (capacity - 1)
    this.kinds[at * 8] = kind
    this.kinds[at * 8 + 1] = slot
    this.values[at * 4 + 1] = value
    this.times[at * 2 + 1] = time
    Atomics.store(this.counters, written, (count + 1) | 0)
    return true
  }

  /**
   * The reader's side: moves the oldest events. Allocates nothing.
   * @param {Int32Array} target four words an event
   * @param {number} limit the most events it has room for
   * @returns {number} how many were moved
   */
  take(target, limit) {
    const first = this.counters[read]
    const waiting = (Atomics.load(this.counters, written) - first) | 0
    if (waiting === 0) return 0
    const count = waiting < limit ? waiting : limit
    for (let word = 0; word < count * wordsPerEvent; word += 1) {
      target[word] = this.words[(first * wordsPerEvent + word) & (capacity * wordsPerEvent - 1)]
    }
    Atomics.store(this.counters, read, (first + count) | 0)
    return count
  }
}
