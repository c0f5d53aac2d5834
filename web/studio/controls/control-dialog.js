import { element } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'
import { setControl } from './control-commands.js'

/** Asks for a control's name and range. */
export function openControl(store, id) {
  const control = store.starling.document.controls[id]
  const name = element('input', { class: 'text-field', value: control.name, maxlength: 60, 'aria-label': 'Name' })
  const low = number('From', control.low)
  const high = number('To', control.high)
  const act = () => store.run(setControl, id, { name: name.value.trim() || control.name, low: low.valueAsNumber, high: high.valueAsNumber })
  const rows = [field('Name', name), field('From', low), field('To', high)]
  showDialog(`Change ${control.name}`, [element('div', { class: 'settings' }, ...rows)], [
    { label: 'Cancel' }, { label: 'Change', act, isMain: true },
  ])
}

const field = (label, control) => element('label', { class: 'number' }, element('span', {}, label), control)
const number = (label, value) => element('input', { type: 'number', step: 'any', value: String(value), 'aria-label': label })
