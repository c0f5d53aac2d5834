/**
 * The studio's one animation loop.
 *
 * `paint` listeners run in each animation frame and must leave no garbage; `write` listeners run ten times a
 * second and may write text; `settle` functions run once, before the next painting.
 */
const writeMilliseconds = 100

export class Frame {
  #painters = []
  #writers = []
  #due = new Set()
  #written = 0

  /** Calls `painter(seconds)` in each animation frame. */
  paint(painter) {
    this.#painters.push(painter)
  }

  /** Calls `writer(seconds)` ten times a second. */
  write(writer) {
    this.#writers.push(writer)
  }

  /** Calls a function once before the next painting, however often it is asked for. */
  settle(change) {
    this.#due.add(change)
  }

  start() {
    const turn = (milliseconds) => {
      requestAnimationFrame(turn)
      this.#settle()
      const seconds = milliseconds / 1000
      for (let i = 0; i < this.#painters.length; i += 1) this.#painters[i](seconds)
      if (milliseconds - this.#written < writeMilliseconds) return
      this.#written = milliseconds
      for (let i = 0; i < this.#writers.length; i += 1) this.#writers[i](seconds)
    }
    requestAnimationFrame(turn)
  }

  #settle() {
    if (this.#due.size === 0) return
    const due = [...this.#due]
    this.#due.clear()
    for (const change of due) change()
  }
}
