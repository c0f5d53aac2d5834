import { button, element, keep, setAttribute, setText } from '/widgets/dom.js'
import { noteName } from '/widgets/keys.js'
import { addLane, addPattern, clearPattern, launchPattern, removePattern, setPattern } from './pattern-commands.js'
import { patternRow } from './pattern-row.js'
import { patternSettings } from './pattern-settings.js'

/** What a pattern's slot says while it is to play, but does not yet. */
const waiting = -2
const runningPath = '/play/transport/running'

/** One pattern: its grid of notes and steps, and how it is launched. */
export function patternCard(store, { id }) {
  const { starling } = store
  const pattern = () => ({ id, ...store.document.patterns[id] })
  const lanes = () => starling.ordered('lanes', { pattern: id })
  const stepPath = `/play/pattern/${id}/step`
  const run = (command, ...rest) => {
    store.run(command, pattern(), ...rest)
    store.changed()
  }
  const name = element('input', { class: 'name', 'aria-label': 'Name of the pattern', on: { change: () => run(setPattern, 'name', name.value) } })
  const launch = button('', press, { class: 'button launch' })
  const state = element('small')
  const grid = element('div', { class: 'grid', role: 'grid' })
  const more = noteSelect(store, pattern, (note) => {
    store.run(addLane, id, note)
    store.changed()
  })
  const fields = patternSettings(store, run)
  const node = element('div', { class: 'card pattern', role: 'group' },
    element('h3', {}, name, state, launch,
      button('×', () => run(removePattern), { class: 'quiet remove-rack', 'aria-label': 'Remove the pattern', title: 'Remove the pattern' })),
    grid,
    element('div', { class: 'row tools' }, more, button('Duplicate', duplicate, { class: 'quiet' }),
      button('Clear', () => run(clearPattern, lanes()), { class: 'quiet' })),
    fields)

  const step = () => (starling.running ? starling.bus.value(stepPath) : -1)
  /** Whether it plays or waits to; without sound, what the project says. */
  const isWanted = () => (starling.running ? step() >= 0 || step() === waiting : Boolean(pattern().playing))

  /** The project says what the player wished last. Where a pad has wished otherwise since, the bus is asked. */
  function press() {
    const isWished = !isWanted()
    if (isWished !== Boolean(pattern().playing)) return run(launchPattern, isWished)
    starling.bus.set(stepPath, isWished ? 0 : -1, { commit: false })
    if (isWished) store.attempt(() => starling.bus.set(runningPath, 1))
  }

  function duplicate() {
    const { name: label, instrument, steps, length, gate, quantum, latched } = pattern()
    const copied = lanes().map(({ note, velocities = [] }) => ({ note, velocities }))
    store.run(addPattern, { label, instrument, steps, lanes: copied, fields: { length, gate, quantum, latched } },
      starling.catalogue.instruments.find((each) => each.name === instrument))
    store.changed()
  }

  let shownStep = -1
  node.paint = () => {
    const now = step()
    if (now === shownStep) return
    for (const row of grid.children) row.showStep(shownStep, now)
    shownStep = now
  }
  node.write = () => {
    const word = isWanted() ? 'End' : 'Launch'
    setText(launch, isWanted() ? '■ End' : '▶ Launch')
    setAttribute(launch, 'aria-label', `${word} ${pattern().name}`)
    setText(state, step() >= 0 ? 'plays' : isWanted() ? 'waits' : '')
  }
  node.show = (record) => {
    if (document.activeElement !== name) name.value = record.name
    node.setAttribute('aria-label', `Pattern ${record.name}`)
    grid.setAttribute('aria-label', `Steps of ${record.name}`)
    const rows = lanes()
    keep(grid, rows, (lane) => lane.id, (lane) => patternRow(store, grid, lane), (row, lane) => {
      row.show(laneName(starling.catalogue, record.instrument, lane.note), record.steps)
    })
    grid.hidden = rows.length === 0
    grid.reach()
    more.show(record)
    fields.show(record)
  }
  grid.reach = () => {
    const cells = [...grid.querySelectorAll('.step')]
    if (cells.length > 0 && !cells.some((cell) => cell.tabIndex === 0)) cells[0].tabIndex = 0
  }
  return node
}

/** What a lane is called: a drum's name, or the note's. */
function laneName({ drums }, instrument, note) {
  const drum = instrument === 'drums' && drums.find((each) => each.note === note)
  return drum ? drum.label : noteName(note)
}

function noteSelect(store, pattern, add) {
  const { catalogue } = store.starling
  const change = () => {
    const note = Number(select.value)
    select.value = ''
    add(note)
  }
  const select = element('select', { class: 'quiet', 'aria-label': 'Add a note', on: { change } })
  let shown = null
  select.show = ({ instrument }) => {
    if (shown === instrument) return
    shown = instrument
    const notes = instrument === 'drums' ? catalogue.drums.map(({ note }) => note) : Array.from({ length: 61 }, (_, index) => 36 + index)
    select.replaceChildren(element('option', { value: '' }, '+ Note'),
      ...notes.map((note) => element('option', { value: String(note) }, laneName(catalogue, instrument, note))))
  }
  return select
}
