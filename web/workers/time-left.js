/** How long trainings will still take, from how far they have got. */
import { now } from '../shared/clock.js'

// Less progress tells nothing yet.
const leastProgress = 0.02

export class TimeLeft {
  /** Where each training was when it was first seen: `{ at, progress, last }`. */
  #begins = new Map()

  /**
   * @param {string} id the model's
   * @param {number} progress 0…1
   * @returns {number | null} seconds; null while it cannot be said
   */
  of(id, progress) {
    const begin = this.#begins.get(id)
    if (!begin || progress < begin.last) {
      this.#begins.set(id, { at: now(), progress, last: progress })
      return progress === 1 ? 0 : null
    }
    begin.last = progress
    if (progress === 1) return 0
    const done = progress - begin.progress
    return done < leastProgress ? null : ((now() - begin.at) / 1000) * ((1 - progress) / done)
  }
}
