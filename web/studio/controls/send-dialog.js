import { button, element } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'
import { slotGroups } from '../slot-names.js'

const kinds = [
  ['osc', 'OSC'], ['controllers', 'MIDI controllers'], ['bend', 'MIDI pitch bend'], ['notes', 'MIDI notes of what is recognised'],
  ['clock', 'MIDI clock of the beat'],
]
const midiKinds = ['controllers', 'bend', 'notes', 'clock']
const roots = ['/learn/', '/listen/', '/play/']

/**
 * Asks what is to be sent, and where.
 * @param {object | null} record of `sends` that is to be changed, and its @param {string} id
 */
export function openSend(store, controls, record = null, id = '') {
  const kind = select('What it is sent as', record?.kind === 'wekinator' ? [['wekinator', 'Wekinator']] : kinds)
  const slots = element('select', { class: 'slots', multiple: true, size: 8, 'aria-label': 'What is sent' })
  const listen = field('Listens to port', number('Listens to port', record?.listen ?? 6448, 1, 65535))
  const host = element('input', { class: 'text-field', value: record?.host ?? '127.0.0.1', 'aria-label': 'Host' })
  const port = number('Port', record?.port ?? 12000, 1, 65535)
  const address = element('input', { class: 'text-field', value: record?.address ?? '/wek/outputs', 'aria-label': 'Address' })
  const separate = element('input', { type: 'checkbox', checked: record?.separate ?? false })
  const device = select('Device', [['', 'The first there is'], ...controls.state.outputs.map((name) => [name, name])])
  const channel = number('Channel', record?.channel ?? 1, 1, 16)
  const first = number('First controller', record?.number ?? 20, 0, 127)
  const where = [field('Host', host), field('Port', port)]
  const osc = [field('Address', address), element('label', { class: 'check' }, separate, 'An address for each, as its path')]
  const what = field('What', slots)
  const moved = button('Learn: move a controller', () => store.attemptLater(learn), { class: 'button' })
  const deviceField = field('Device', device)
  const onChannel = [field('Channel', channel), moved]
  const firstField = field('First controller', first)
  if (record) kind.value = record.kind
  kind.addEventListener('change', show)
  show()
  for (const option of record ? slots.options : []) option.selected = record.slots.includes(option.value)
  if (record) device.value = record.device
  const act = () => store.attemptLater(async () => {
    const chosen = [...slots.selectedOptions].map(({ value }) => value)
    const place = { host: host.value, port: port.valueAsNumber }
    const fields = {
      osc: () => ({ slots: chosen, ...place, address: address.value, separate: separate.checked }),
      clock: () => ({ device: device.value }),
      wekinator: () => ({ ...place, listen: listen.querySelector('input').valueAsNumber }),
    }[kind.value] ?? (() => ({ slots: chosen, device: device.value, channel: channel.valueAsNumber, number: first.valueAsNumber }))
    if (isMidi()) await controls.openMidi()
    if (record) controls.change(id, { kind: kind.value, ...fields() })
    else controls.send({ kind: kind.value, ...fields() })
  })
  const rows = [field('As', kind), what, listen, ...where, ...osc, deviceField, ...onChannel, firstField]
  showDialog(record ? 'Change what is sent' : 'Send', [element('div', { class: 'settings' }, ...rows)], [
    { label: 'Cancel' }, { label: record ? 'Change' : 'Send', act, isMain: true },
  ])

  // A device that sends and hears has one name for both.
  async function learn() {
    const heard = await controls.moved()
    channel.value = String(heard.channel)
    first.value = String(heard.number)
    if (controls.state.outputs.includes(heard.device)) device.value = heard.device
  }

  function isMidi() {
    return midiKinds.includes(kind.value)
  }

  function show() {
    for (const node of osc) node.hidden = kind.value !== 'osc'
    for (const node of where) node.hidden = isMidi()
    deviceField.hidden = !isMidi()
    for (const node of onChannel) node.hidden = !isMidi() || kind.value === 'clock'
    listen.hidden = kind.value !== 'wekinator'
    what.hidden = kind.value === 'wekinator' || kind.value === 'clock'
    firstField.hidden = kind.value !== 'controllers'
    slots.multiple = kind.value !== 'notes' && kind.value !== 'bend'
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
