import { button, element, keep, setAttribute, setText } from '/widgets/dom.js'
import { percent } from '../words.js'
import { removeLane, setStep } from './pattern-commands.js'

const usual = 0.8
const velocityStep = 0.1
const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }
/** What a pointer that is held down gives the steps it passes, as one step to undo; null while none is. */
let stroke = null
let strokeCount = 0
for (const type of ['pointerup', 'pointercancel']) addEventListener(type, () => { stroke = null })

/** A note of a pattern: a cell a step, whose height is its velocity. */
export function patternRow(store, grid, { id }) {
  const name = element('span', { role: 'rowheader' })
  const cells = element('div', { class: 'steps', role: 'presentation' })
  const remove = button('×', () => {
    store.run(removeLane, { id })
    store.changed()
  }, { class: 'quiet' })
  const node = element('div', { class: 'lane', role: 'row' }, name, cells, element('span', { role: 'gridcell' }, remove))
  const velocity = (step) => store.document.lanes[id].velocities?.[step] ?? 0
  const set = (step, value, merge) => {
    const rounded = Math.round(Math.min(1, Math.max(0, value)) * 100) / 100
    if (rounded === velocity(step)) return
    store.runMerged(merge, setStep, id, step, rounded)
    store.changed()
  }
  const paint = (step) => stroke && set(step, stroke.velocity, stroke.merge)
  const makeCell = (step) => element('div', { class: 'step', role: 'gridcell', tabIndex: -1, on: {
    pointerdown: (event) => {
      stroke = { velocity: velocity(step) > 0 ? 0 : usual, merge: `steps-${++strokeCount}` }
      paint(step)
      focus(event.currentTarget)
      event.preventDefault()
      // A finger's pointer would stay with this step.
      event.currentTarget.releasePointerCapture(event.pointerId)
    },
    pointerenter: () => paint(step),
    keydown: (event) => press(event, step),
  } }, element('i'))

  function press(event, step) {
    const { key, currentTarget } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (key === 'Enter' || key === ' ') set(step, velocity(step) > 0 ? 0 : usual)
    else if (key === '+' || key === '=') set(step, velocity(step) + velocityStep)
    else if (key === '-') set(step, velocity(step) - velocityStep)
    else if (moves[key] || key === 'Home' || key === 'End') focus(neighbour(currentTarget, key))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function neighbour(cell, key) {
    const rows = [...grid.children].map((row) => [...row.querySelectorAll('.step')])
    const row = [...grid.children].indexOf(node)
    const column = rows[row].indexOf(cell)
    if (key === 'Home') return rows[row][0]
    if (key === 'End') return rows[row].at(-1)
    const [down, across] = moves[key]
    return rows[row + down]?.[column + across] ?? cell
  }

  function focus(cell) {
    for (const other of grid.querySelectorAll('.step[tabindex="0"]')) other.tabIndex = -1
    cell.tabIndex = 0
    cell.focus()
  }

  node.showStep = (before, now) => {
    cells.children[before]?.removeAttribute('data-now')
    cells.children[now]?.setAttribute('data-now', '')
  }
  node.show = (label, count) => {
    setText(name, label)
    setAttribute(remove, 'aria-label', `Remove ${label}`)
    const steps = Array.from({ length: count }, (_, step) => step)
    keep(cells, steps, (step) => step, makeCell, (cell, step) => {
      const value = velocity(step)
      setAttribute(cell, 'aria-label', `${label}, step ${step + 1}, ${value > 0 ? `on, ${percent(value)}` : 'off'}`)
      cell.classList.toggle('beat', step % 4 === 0)
      cell.firstChild.style.height = `${100 * value}%`
    })
  }
  return node
}
