/** Finds by measuring how much work fits into a slice of at most 8 ms. */

// Lower than the limit, since a slice may be dearer than those before.
const aimMilliseconds = 4
const firstWork = 50
const leastWork = 10
const mostWork = 100000
// After cheap slices the cost of a dear one is forgotten only slowly: the next dear one may come at once.
const forgetting = 0.95

export class SliceTimer {
  /** The longest slice so far, in milliseconds. */
  longest = 0
  /** What a thousand multiply-adds cost at worst lately, in milliseconds. */
  #cost = aimMilliseconds / firstWork

  /** What a thousand multiply-adds cost lately, dear ones counted more, in milliseconds. */
  get cost() {
    return this.#cost
  }

  /**
   * @param {(work: number) => number} step does some thousand multiply-adds
   * @returns {number} what `step` returned
   */
  run(step) {
    const work = Math.round(Math.min(Math.max(aimMilliseconds / this.#cost, leastWork), mostWork))
    const begin = performance.now()
    const result = step(work)
    const took = performance.now() - begin
    this.longest = Math.max(this.longest, took)
    this.#cost = Math.max(took / work, this.#cost * forgetting)
    return result
  }
}
