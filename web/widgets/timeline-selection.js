// A selection on the timeline: `{ from, to }`, seconds ago, `from` being the earlier moment and so the larger number.

const shortest = 0.2
const first = { from: 4, to: 0 }
const step = 0.5

/** The selection between two moments in either order; null where they are too close to be meant. */
export function selectionBetween(a, b) {
  return Math.abs(a - b) < shortest ? null : { from: Math.max(a, b), to: Math.min(a, b) }
}

/**
 * The selection after a key: arrows move it, Shift+arrows move its start, Escape drops it. Undefined for other
 * keys. With nothing selected yet, an arrow selects the last 4 seconds.
 */
export function selectionAfterKey(selection, { key, shiftKey }, span) {
  if (key === 'Escape') return null
  const direction = { ArrowLeft: 1, ArrowRight: -1 }[key]
  if (direction === undefined) return undefined
  if (!selection) return first
  const length = selection.from - selection.to
  if (shiftKey) {
    const from = within(selection.from + direction * step, selection.to + step, span)
    return { from, to: selection.to }
  }
  const to = within(selection.to + direction * step, 0, span - length)
  return { from: to + length, to }
}

/** The selection as a person would say it. */
export function selectionWords(selection) {
  if (!selection) return 'nothing selected'
  return `from ${selection.from.toFixed(1)} to ${selection.to.toFixed(1)} seconds ago`
}

function within(value, least, most) {
  return Math.min(most, Math.max(least, value))
}
