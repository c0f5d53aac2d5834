/**
 * What a key asks of a slider: another value, or undefined where the key is none of its own.
 *
 * Arrows move by a step, with Shift by a tenth of it; Page Up and Page Down by ten steps; Home and End go to the ends.
 *
 * @param {KeyboardEvent} event
 * @param {{ value: number, step: number, minimum: number, maximum: number }} slider
 */
export function valueAfterKey(event, { value, step, minimum, maximum }) {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const small = event.shiftKey ? step / 10 : step
  const wanted = {
    ArrowUp: value + small, ArrowRight: value + small, ArrowDown: value - small, ArrowLeft: value - small,
    PageUp: value + 10 * step, PageDown: value - 10 * step, Home: minimum, End: maximum,
  }[event.key]
  return wanted === undefined ? undefined : Math.min(maximum, Math.max(minimum, wanted))
}

const arrivalMilliseconds = 500

/** What was asked for last, as long as it may not have arrived: keys pressed quickly go on from there. */
export class Asked {
  #value = null
  #at = -Infinity

  /** Remembers what is asked for. */
  note(value) {
    this.#value = value
    this.#at = performance.now()
    return value
  }

  /** Whether something was asked for a moment ago. */
  get isFresh() {
    return performance.now() - this.#at < arrivalMilliseconds
  }

  /** What was asked for a moment ago, or else what is shown. */
  or(shown) {
    return this.isFresh ? this.#value : shown
  }
}
