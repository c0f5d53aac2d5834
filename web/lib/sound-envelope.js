/** The smallest and largest sample of each remembered hop, found once when it is new. */
import { hopSize } from '../shared/abi.js'

export class SoundEnvelope {
  perHop = 1
  #ring
  #low
  #high
  #next = null

  /** @param {import('../shared/memory-ring.js').MemoryRing} ring */
  constructor(ring) {
    this.#ring = ring
    this.#low = new Float32Array(ring.capacity)
    this.#high = new Float32Array(ring.capacity)
  }

  /** Looks at all hops that are new since the last time. */
  catchUp() {
    const end = this.#ring.hopCount
    const oldest = end - this.#ring.available
    for (let hop = Math.max(this.#next ?? oldest, oldest); hop < end; hop += 1) this.#look(hop)
    this.#next = end
  }

  minimum = (hop) => this.#low[hop & (this.#ring.capacity - 1)]

  maximum = (hop) => this.#high[hop & (this.#ring.capacity - 1)]

  #look(hop) {
    const from = this.#ring.soundOffset(hop)
    let low = Infinity
    let high = -Infinity
    for (let i = from; i < from + hopSize; i += 1) {
      const sample = this.#ring.sound[i]
      if (sample < low) low = sample
      if (sample > high) high = sample
    }
    const at = hop & (this.#ring.capacity - 1)
    this.#low[at] = low
    this.#high[at] = high
  }
}
