import '/widgets/trace.js'
import { element, setText } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'
import { numberField } from '../number-field.js'
import { addDerived, pathOf, setDerived } from './derived-commands.js'
import { amountOf, kindsOf, timeOf } from './kind-words.js'
import { labelOf, sourceSelect, sources } from './sources.js'

/** How long the live curves reach back. */
const traceSeconds = 4
const tracePoints = 160
const steps = 4

/**
 * Asks what is to be derived, and adds it; or changes one there is, which is heard and seen at once.
 * @param {{ id?: string, source?: string }} what the derived feature to change, or what a new one is to be made of
 */
export function openDerive(store, { id, source = 'loudness' }) {
  const { catalogue } = store.starling
  const before = id ? Number(id.slice('derived-'.length)) : Infinity
  const record = id ? { ...store.document.derived[id] } : { source, kind: 'smooth', seconds: 0.2, amount: 0 }
  const from = sourceSelect(sources(store, before), 'Made of', record.source)
  const kinds = kindsOf(catalogue).filter(({ name }) => !(id && name === 'history'))
  const kind = element('select', { 'aria-label': 'What is made of it' }, ...kinds.map(({ name, label }) => element('option', { value: name }, label)))
  const help = element('p', { class: 'hint' })
  const seconds = numberField({ label: 'Seconds', minimum: 0.001, maximum: 5 }, (value) => set({ seconds: value }))
  const amount = numberField({ label: 'Amount', minimum: -100, maximum: 100 }, (value) => set({ amount: value }))
  const timeRow = labelled(seconds), amountRow = labelled(amount)
  const trace = element('starling-trace', { label: `Live curve of the last ${traceSeconds} seconds` })
  kind.value = record.kind
  from.addEventListener('change', () => set({ source: from.value, low: null, high: null }))
  kind.addEventListener('change', () => set({ kind: kind.value, amount: amountOf(kind.value)?.initial ?? 0 }))
  const buttons = id ? [{ label: 'Done', isMain: true }] : [{ label: 'Cancel' }, { label: 'Add', act: add, isMain: true }]
  const dialog = showDialog(id ? `Change ${record.name}` : 'Derive from a feature', [
    element('div', { class: 'settings' }, field('Made of', from), field('What', kind), timeRow, amountRow), help, trace,
  ], buttons)
  show()
  animate(dialog, store, trace, () => (id ? [record.source, id] : [record.source]))

  function set(changes) {
    if (id && !store.run(setDerived, id, changes)) return show()
    Object.assign(record, changes)
    return show()
  }

  function show() {
    const { help: words, reference } = kinds.find(({ name }) => name === record.kind)
    setText(help, words)
    help.title = reference
    Object.assign(kind, { value: record.kind, title: reference })
    from.value = record.source
    const [time, other] = [timeOf(record.kind), amountOf(record.kind)]
    timeRow.hidden = !time
    setText(timeRow.firstChild, time ? `${time.label[0].toUpperCase()}${time.label.slice(1)} (${time.unit})` : '')
    seconds.show(record.seconds)
    amountRow.hidden = !other
    setText(amountRow.firstChild, other?.label ?? '')
    amount.show(record.amount)
  }

  function add() {
    const { label } = kinds.find(({ name }) => name === record.kind)
    const name = `${labelOf(store, record.source)}, ${label[0].toLowerCase()}${label.slice(1)}`
    const one = { source: record.source, kind: record.kind, name, seconds: record.seconds, amount: record.amount }
    const records = record.kind !== 'history' ? [one] : Array.from({ length: steps }, (_, step) => {
      const ago = (record.seconds * (step + 1)) / steps
      return { ...one, kind: 'lag', seconds: ago, name: `${labelOf(store, record.source)} ${Number(ago.toPrecision(3))} s ago` }
    })
    store.run(addDerived, records, store.model, catalogue.derived)
  }
}

/** Draws curves of the last seconds while a dialog is open. `names` gives the columns to draw. */
export function animate(dialog, store, trace, names) {
  const { starling } = store
  const turn = () => {
    if (!dialog.open) return
    requestAnimationFrame(turn)
    if (!starling.running) return
    trace.draw(names().map((name) => {
      const slot = starling.slots.find(({ path }) => path === pathOf(name))
      const curve = starling.memory.read(pathOf(name), { from: traceSeconds, to: 0, points: tracePoints })
      return { ...curve, low: slot?.minimum ?? 0, high: slot?.maximum ?? 1 }
    }))
  }
  turn()
}

const field = (label, control) => element('label', { class: 'number' }, element('span', {}, label), control)
const labelled = (control) => field('', control)
