import { button, element, keep, setText } from '/widgets/dom.js'
import { openSend } from './send-dialog.js'

/** What goes to other programs and devices, and whether it does just now. */
export function sendCard(store, controls) {
  const list = element('ul', { class: 'plain' })
  const add = button('Send…', () => openSend(store, controls), { class: 'quiet' })
  const card = element('div', { class: 'card sends' }, element('h3', {}, 'Send', add), list)
  store.subscribe(() => {
    keep(list, controls.sends, ({ id }) => id, ({ id }) => row(store, controls, id), (node, record) => node.show(record, store))
  })
  return card
}

function row(store, controls, id) {
  const words = element('span')
  const box = element('input', { type: 'checkbox', on: { change: () => {
    const isWanted = box.checked
    box.checked = !isWanted
    store.attempt(() => controls.change(id, { active: isWanted }))
  } } })
  const edit = button('…', () => openSend(store, controls, store.starling.document.sends[id], id), { class: 'quiet' })
  const remove = button('×', () => store.attempt(() => controls.removeSend(id)), { class: 'quiet' })
  const node = element('li', { class: 'row' }, element('label', { class: 'check' }, box, words), edit, remove)
  node.show = (record) => {
    const text = described(store, record)
    setText(words, text)
    box.checked = record.active
    edit.ariaLabel = `Change ${text}`
    remove.ariaLabel = `Stop sending ${text}`
  }
  return node
}

/** A send in a line: what goes where. */
function described({ starling }, { kind, slots, host, port, address, separate, device, channel, number, listen }) {
  const to = `${host}:${port}`
  if (kind === 'wekinator') return `Wekinator: ${listen} in, ${to} out`
  const midiDevice = device || 'the first MIDI device'
  if (kind === 'clock') return `The beat as a clock to ${midiDevice}`
  const names = slots.map((path) => starling.slots.find((slot) => slot.path === `/${path}`)?.label ?? path)
  const what = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
  if (kind === 'osc') return `${what} to ${to}${separate ? '' : ` as ${address}`}`
  const how = { notes: 'notes', bend: 'the pitch bend', controllers: `controllers from ${number}` }[kind]
  return `${what} as ${how} to ${midiDevice}, channel ${channel}`
}
