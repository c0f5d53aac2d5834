// How values become picture: slowly enough that nothing flashes.

/**
 * Two low-passes one behind the other, of 0.2 s each.
 *
 * Whatever goes up and down more than three times a second comes out with less than a tenth of its height, which is the
 * limit of WCAG 2.3.1 for a flash: at 3 Hz a square wave's fundamental of 1.27 is damped by 1 / (1 + (2π · 3 Hz · 0.2 s)²).
 */
const seconds = 0.2

export class Smoother {
  #first
  #second

  /** @param {number} value where it begins */
  constructor(value = 0) {
    this.#first = value
    this.#second = value
  }

  /** The value after `dt` seconds of `goal`; `slower` stretches time for who wants little motion. */
  next(goal, dt, slower = 1) {
    const amount = 1 - Math.exp(-dt / (seconds * slower))
    this.#first += amount * (goal - this.#first)
    this.#second += amount * (this.#first - this.#second)
    return this.#second
  }
}
