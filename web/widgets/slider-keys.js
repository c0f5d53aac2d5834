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
