/**
 * Counts how often the audio thread falls behind the wall clock, where the browser does not count dropouts itself.
 *
 * Each reading of the clock makes a number object, garbage in the end; so only one callback in 13 reads it.
 */
import { Status } from '../shared/status.js'

const callbacksPerLook = 13
// Devices take their sound in bursts; only what goes beyond them is a gap.
const gapMilliseconds = 40
const last = 0
const behind = 1

export class GapMeter {
  /** How long the sound of one callback lasts. */
  quantumMilliseconds = 0
  #status
  #left = callbacksPerLook
  // Numbers with fractions in an array do not make new number objects; in fields they may.
  #times = new Float64Array(2)

  /** @param {Int32Array} status see `Status` */
  constructor(status) {
    this.#status = status
  }

  /** To be called once a callback. */
  look() {
    this.#left -= 1
    if (this.#left > 0) return
    this.#left = callbacksPerLook
    const now = Date.now()
    if (this.#times[last] > 0) this.#follow(now - this.#times[last] - callbacksPerLook * this.quantumMilliseconds)
    this.#times[last] = now
  }

  // Lateness adds up until the clock has been caught up with, so that one long gap counts once.
  #follow(late) {
    const before = this.#times[behind]
    this.#times[behind] = Math.max(0, before + late)
    if (before < gapMilliseconds && this.#times[behind] >= gapMilliseconds) this.#status[Status.gaps] += 1
  }
}
