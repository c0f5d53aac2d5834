import { element } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'
import { slotGroups } from '../slot-names.js'

const kinds = [['osc', 'OSC'], ['controllers', 'MIDI controllers'], ['notes', 'MIDI notes of what is recognised']]
const roots = ['/learn/', '/listen/', '/play/']

/** Asks what is to be sent, and where. */
export function openSend(store, controls) {
  const kind = select('What it is sent as', kinds)
  const slots = element('select', { class: 'slots', multiple: true, size: 8, 'aria-label': 'What is sent' })
  const host = element('input', { class: 'text-field', value: '127.0.0.1', 'aria-label': 'Host' })
  const port = number('Port', 12000, 1, 65535)
  const address = element('input', { class: 'text-field', value: '/wek/outputs', 'aria-label': 'Address' })
  const separate = element('input', { type: 'checkbox' })
  const device = select('Device', [['', 'The first there is'], ...controls.state.outputs.map((name) => [name, name])])
  const channel = number('Channel', 1, 1, 16)
  const first = number('First controller', 20, 0, 127)
  const osc = [
    field('Host', host), field('Port', port), field('Address', address),
    element('label', { class: 'check' }, separate, 'An address for each, as its path'),
  ]
  const midi = [field('Device', device), field('Channel', channel)]
  const firstField = field('First controller', first)
  kind.addEventListener('change', show)
  show()
  const act = () => store.attemptLater(async () => {
    const chosen = [...slots.selectedOptions].map(({ value }) => value)
    if (kind.value !== 'osc') await controls.openMidi()
    controls.send(kind.value === 'osc'
      ? { kind: 'osc', slots: chosen, host: host.value, port: port.valueAsNumber, address: address.value, separate: separate.checked }
      : { kind: kind.value, slots: chosen, device: device.value, channel: channel.valueAsNumber, number: first.valueAsNumber })
  })
  const rows = [field('As', kind), field('What', slots), ...osc, ...midi, firstField]
  showDialog('Send', [element('div', { class: 'settings' }, ...rows)], [
    { label: 'Cancel' }, { label: 'Send', act, isMain: true },
  ])

  function show() {
    for (const node of osc) node.hidden = kind.value !== 'osc'
    for (const node of midi) node.hidden = kind.value === 'osc'
    firstField.hidden = kind.value !== 'controllers'
    slots.multiple = kind.value !== 'notes'
    slots.replaceChildren(...groups(store.starling, kind.value === 'notes'))
    if (!slots.value) slots.querySelector('option').selected = true
  }
}

/** The slots that may be sent, by stage; as notes only what is recognised. */
function groups({ slots }, onlyLabels) {
  const may = ({ path }) => (onlyLabels ? /^\/learn\/.*\/label$/.test(path) : roots.some((root) => path.startsWith(root)))
  return slotGroups(slots.filter(may), { value: ({ path }) => path.slice(1), text: ({ path, label }) => `${label} (${path})` })
}

const field = (label, control) => element('label', { class: 'number' }, element('span', {}, label), control)
const number = (label, value, min, max) => element('input', { type: 'number', value: String(value), min, max, 'aria-label': label })

function select(label, options) {
  return element('select', { 'aria-label': label }, ...options.map(([value, text]) => element('option', { value }, text)))
}
