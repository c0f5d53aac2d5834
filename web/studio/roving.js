// Lists in which one thing at a time can be reached by Tab, and the others by arrows.

const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Where an arrow, Home or End leads in a list that goes round; undefined for other keys. */
function placeAfter({ key }, place, count) {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return steps[key] && (place + steps[key] + count) % count
}

/** Moves among nodes by a key: `go(index)` is told where to. True if the key was one of these. */
export function moveBy(event, nodes, go) {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const place = nodes.findIndex((node) => node.contains(document.activeElement))
  const next = place < 0 ? undefined : placeAfter(event, place, nodes.length)
  if (next === undefined) return false
  event.preventDefault()
  go(next)
  return true
}

/** Lets Tab reach only the current row's controls. */
export function reachOnly(rows, current) {
  for (const row of rows) {
    const index = row === current ? 0 : -1
    for (const control of row.querySelectorAll('button, input, select')) control.tabIndex = index
  }
}
