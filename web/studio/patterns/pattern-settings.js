import { element, setText } from '/widgets/dom.js'
import { numberField } from '../number-field.js'
import { setPattern } from './pattern-commands.js'

const quanta = { now: 'at once', step: 'at the next step', beat: 'at the next beat', bar: 'at the next bar' }

/**
 * What a pattern is played on, its steps, and what launches it: told in a line, changed where that is opened.
 *
 * @param {(command: Function, field: string, value: any) => void} run
 */
export function patternSettings(store, run) {
  const { catalogue } = store.starling
  const set = (field) => (value) => run(setPattern, field, value)
  const pads = () => [['', 'by hand'], ...store.starling.ordered('categories').map(({ id, name }) => [id, `with ${name}`])]
  const fields = {
    instrument: choice('Instrument', () => catalogue.instruments.map(({ name, label }) => [name, label]), set('instrument')),
    category: choice('What launches it', pads, set('category')),
    quantum: choice('When it begins and ends', () => catalogue.quanta.map((name) => [name, quanta[name]]), set('quantum')),
    steps: number('Steps', 1, 16, 1, set('steps')),
    length: choice('Length of a step', () => catalogue.noteLengths.map((name) => [name, name]), set('length')),
    gate: number('Part of a step that notes last', 0.05, 1, 0.05, set('gate')),
  }
  const latch = element('input', { type: 'checkbox', on: { change: () => run(setPattern, 'latched', latch.checked) } })
  const latched = element('label', { class: 'choice' }, latch, 'It goes on when its pad is no longer recognised')
  const line = element('summary')
  const node = element('details', {}, line, element('div', { class: 'settings' }, ...Object.values(fields).map(({ row }) => row), latched))
  node.show = (record) => {
    for (const [field, { show }] of Object.entries(fields)) show(record[field])
    latch.checked = record.latched
    latched.hidden = !record.category
    const { instrument, category, quantum } = fields
    setText(line, `${instrument.words()}, ${record.steps} × ${record.length}, ${category.words()}, ${quantum.words()}`)
  }
  return node
}

/** A row with a list to choose from; the first value empties the field. */
function choice(label, options, ask) {
  const select = element('select', { 'aria-label': label, on: { change: () => ask(select.value || null) } })
  const show = (value) => {
    const wanted = options()
    const shown = JSON.stringify(wanted)
    if (select.dataset.shown !== shown) select.replaceChildren(...wanted.map(([key, text]) => element('option', { value: key }, text)))
    select.dataset.shown = shown
    select.value = value ?? ''
  }
  return { row: labelled(label, select), show, words: () => select.selectedOptions[0]?.text ?? '' }
}

function number(label, minimum, maximum, step, ask) {
  const field = numberField({ label, minimum, maximum, step }, ask)
  return { row: labelled(label, field), show: field.show }
}

const labelled = (label, control) => element('label', { class: 'number' }, element('span', {}, label), control)
