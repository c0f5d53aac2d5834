/** Tells as soon as the engine has analysed anew, once about every 5 ms of sound. */

// Timers of pages come 4 ms late at best; waiting for memory does not.
const cell = globalThis.SharedArrayBuffer && Atomics.waitAsync ? new Int32Array(new SharedArrayBuffer(4)) : null
const pauseMilliseconds = 1

function pause() {
  if (cell) return Atomics.waitAsync(cell, 0, 0, pauseMilliseconds).value
  return new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
}

export class HopWatch {
  #memory
  #looks
  #isWatching = false
  #isWanted = false

  /** @param {import('../memory.js').Memory} memory @param {() => void} looks called after each hop */
  constructor(memory, looks) {
    this.#memory = memory
    this.#looks = looks
  }

  /** Watches while it is wanted. @param {boolean} isWanted */
  set wanted(isWanted) {
    this.#isWanted = isWanted
    if (isWanted && !this.#isWatching) this.#watch()
  }

  async #watch() {
    this.#isWatching = true
    let seen = this.#memory.hopCount
    while (this.#isWanted) {
      await pause()
      const { hopCount } = this.#memory
      if (hopCount === seen) continue
      seen = hopCount
      this.#looks()
    }
    this.#isWatching = false
  }
}
