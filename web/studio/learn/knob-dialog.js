import { element } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'
import { numberField } from '../number-field.js'
import { deleteKnob, setKnob } from './output-commands.js'

const limit = 1e6

/** An output's own knob: its name, its range, whether it knows whole numbers only; or its end. */
export function knobDialog(store, knob) {
  const set = (field) => (value) => store.run(setKnob, knob, field, value)
  const rename = () => set('name')(name.value.trim() || knob.name)
  const name = element('input', { class: 'text-field', value: knob.name, maxLength: 40, on: { change: rename } })
  const range = ['minimum', 'maximum'].map((field) => {
    const node = numberField({ minimum: -limit, maximum: limit }, (value) => {
      if (set(field)(value)) node.show(value)
    })
    node.show(knob[field])
    return node
  })
  const whole = element('input', { type: 'checkbox', checked: knob.whole, on: { change: () => set('whole')(whole.checked) } })
  const remove = () => {
    if (store.run(deleteKnob, knob)) store.sayUndoable(`${knob.name} was deleted.`)
  }
  const rows = [
    element('label', { class: 'number' }, element('span', {}, 'Name'), name),
    element('label', { class: 'number' }, element('span', {}, 'From'), range[0]),
    element('label', { class: 'number' }, element('span', {}, 'To'), range[1]),
    element('label', { class: 'check' }, whole, 'Whole numbers only'),
  ]
  showDialog('Knob', [element('div', { class: 'settings' }, ...rows)], [
    { label: 'Delete', act: remove },
    { label: 'Done', isMain: true },
  ])
  name.select()
}
