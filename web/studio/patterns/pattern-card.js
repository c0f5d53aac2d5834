import { button, element, keep, setText } from '/widgets/dom.js'
import { noteName } from '/widgets/keys.js'
import { numberField } from '../number-field.js'
import { addLane, addPattern, clearPattern, launchPattern, removePattern, setPattern } from './pattern-commands.js'
import { patternRow } from './pattern-row.js'

const quanta = { now: 'at once', step: 'at the next step', beat: 'at the next beat', bar: 'at the next bar' }

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
  const launch = button('', press, { class: 'quiet' })
  const state = element('small')
  const grid = element('div', { class: 'grid', role: 'grid' })
  const more = noteSelect(store, pattern, (note) => {
    store.run(addLane, id, note)
    store.changed()
  })
  const fields = settings(store, pattern, run)
  const node = element('div', { class: 'card pattern', role: 'group' },
    element('h3', {}, name, launch, state,
      button('Duplicate', duplicate, { class: 'quiet' }), button('Clear', () => run(clearPattern, lanes()), { class: 'quiet' }),
      button('×', () => run(removePattern), { class: 'quiet remove-rack', 'aria-label': 'Remove the pattern', title: 'Remove the pattern' })),
    grid, element('div', { class: 'row' }, more, ...fields.nodes))

  /** What plays by a pad only is ended on the bus; the project's wish is the project's. */
  function press() {
    if (!pattern().playing && starling.bus.value(stepPath) >= 0) starling.bus.set(stepPath, -1, { commit: false })
    else run(launchPattern, !pattern().playing)
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
    const step = starling.running ? starling.bus.value(stepPath) : -1
    if (step === shownStep) return
    for (const row of grid.children) row.showStep(shownStep, step)
    shownStep = step
  }
  node.write = () => {
    const isPlaying = starling.running && starling.bus.value(stepPath) >= 0
    const { playing, name: label } = pattern()
    setText(launch, playing || isPlaying ? '■ End' : '▶ Launch')
    launch.setAttribute('aria-label', `${playing || isPlaying ? 'End' : 'Launch'} ${label}`)
    setText(state, isPlaying ? 'plays' : playing ? 'waits' : '')
  }
  node.show = (record) => {
    if (document.activeElement !== name) name.value = record.name
    node.setAttribute('aria-label', `Pattern ${record.name}`)
    grid.setAttribute('aria-label', `Steps of ${record.name}`)
    const rows = lanes()
    keep(grid, rows, (lane) => lane.id, (lane) => patternRow(store, grid, lane), (row, lane) => {
      row.show(lane, laneName(starling.catalogue, record.instrument, lane.note), record.steps)
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

/** Instrument, steps, their length, how long notes are, and what launches the pattern. */
function settings(store, pattern, run) {
  const { catalogue } = store.starling
  const choose = (label, field, options) => {
    const select = element('select', { class: 'presets', 'aria-label': label, title: label, on: { change: () => run(setPattern, field, select.value || null) } })
    select.show = (value) => {
      const wanted = options()
      const shown = JSON.stringify(wanted)
      if (select.dataset.shown !== shown) select.replaceChildren(...wanted.map(([key, text]) => element('option', { value: key }, text)))
      select.dataset.shown = shown
      select.value = value ?? ''
    }
    return select
  }
  const number = (label, field, minimum, maximum, step) =>
    numberField({ label, minimum, maximum, step }, (value) => run(setPattern, field, value))
  const pads = () => [['', 'by hand'], ...store.starling.ordered('categories').map(({ id, name }) => [id, `with ${name}`])]
  const latch = element('input', { type: 'checkbox', on: { change: () => run(setPattern, 'latched', latch.checked) } })
  const nodes = {
    instrument: choose('Instrument', 'instrument', () => catalogue.instruments.map(({ name, label }) => [name, label])),
    length: choose('Length of a step', 'length', () => catalogue.noteLengths.map((name) => [name, name])),
    steps: number('Steps', 'steps', 1, 16, 1),
    gate: number('Part of a step that notes last', 'gate', 0.05, 1, 0.05),
    quantum: choose('When it begins and ends', 'quantum', () => catalogue.quanta.map((name) => [name, quanta[name]])),
    category: choose('What launches it', 'category', pads),
  }
  const latched = element('label', { title: 'It goes on when its pad is no longer recognised' }, latch, ' goes on')
  return {
    nodes: [...Object.values(nodes), latched],
    show(record) {
      for (const [field, node] of Object.entries(nodes)) node.show(record[field])
      latch.checked = record.latched
      latched.hidden = !record.category
    },
  }
}
