import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { orderEffects, removeRack } from './commands.js'
import { drivenParameters } from './parameters.js'
import { parameterOf } from './paths.js'
import { arpeggioRow } from './patterns/arpeggio-row.js'
import { pictureBox } from './picture-box.js'

/** One instrument, effect or picture: its knobs and its presets; a picture is to be seen too. */
export function rackCard(store, hands, rack) {
  const { info, slots } = rack
  const name = element('span')
  const knobs = slots.map((slot) => knobFor(store, hands, slot))
  const moves = rack.kind === 'effect' ? [moveButton(store, rack, -1), moveButton(store, rack, 1)] : []
  const arpeggio = rack.kind === 'instrument' ? arpeggioRow(store, rack) : null
  const node = element('div', { class: 'card rack', title: info.help },
    element('h3', {}, name, presets(hands, info), ...moves, removeButton(store, rack)),
    rack.kind === 'visual' ? pictureBox(store, rack) : null,
    element('div', { class: 'knobs' }, ...knobs), arpeggio)
  node.show = (shown) => {
    const driven = drivenParameters(store)
    setText(name, shown.name)
    for (const move of moves) move.show()
    arpeggio?.show(shown.record)
    knobs.forEach((knob, index) => {
      knob.toggleAttribute('data-driven', driven.has(parameterOf(slots[index].path)))
      knob.toggleAttribute('data-hand', hands.held.has(slots[index].path))
    })
  }
  return node
}

/** Moves an effect one place earlier (-1) or later (1): sound goes through the effects in their order. */
function moveButton(store, rack, step) {
  const effects = () => store.starling.ordered('effects')
  const place = () => effects().findIndex(({ id }) => id === rack.id)
  const isPossible = () => effects()[place() + step] !== undefined
  const move = () => {
    if (!isPossible()) return
    const [list, from] = [effects(), place()]
    list.splice(from + step, 0, ...list.splice(from, 1))
    store.run(orderEffects, list)
    store.changed()
  }
  const label = `Move ${rack.name} ${step < 0 ? 'earlier' : 'later'}`
  const node = button(step < 0 ? '↑' : '↓', move, { class: 'quiet remove-rack', 'aria-label': label, title: label })
  node.show = () => {
    node.hidden = effects().length < 2
    // Not `disabled`: the last step there would take the keyboard's place away.
    setAttribute(node, 'aria-disabled', isPossible() ? null : 'true')
  }
  return node
}

/** Takes the instrument, effect or picture out of the project. */
function removeButton(store, rack) {
  const remove = () => {
    store.run(removeRack, `${rack.kind}s`, rack)
    store.changed()
  }
  return button('×', remove, { class: 'quiet remove-rack', 'aria-label': `Remove ${rack.name}`, title: `Remove ${rack.name}` })
}

/** A knob for a slot of the bus, moved by whatever moves the slot. */
export function knobFor({ starling, frame }, hands, slot) {
  const { path, label, minimum, maximum, curve } = slot
  const knob = element('starling-knob', { label, title: slot.help, on: {
    'knob-input': ({ detail }) => hands.turn(slot, detail.position, false),
    'knob-change': ({ detail }) => hands.turn(slot, detail.position, true),
  } })
  knob.defaultPosition = starling.position(slot, slot.default)
  knob.step = curve === 'stepped' ? 1 / (maximum - minimum) : 0.01
  knob.range = { minimum, maximum, value: slot.default }
  frame.paint(() => {
    knob.position = starling.bus.position(path)
  })
  frame.write(() => {
    knob.range.value = Number(starling.bus.value(path).toPrecision(4))
    knob.text = starling.bus.text(path)
  })
  return knob
}

/** Presets of the catalogue; choosing one puts all knobs there. */
function presets(hands, info) {
  if (!info.presets?.length) return null
  const change = () => {
    const preset = info.presets.find(({ name }) => name === select.value)
    select.value = ''
    hands.take(info, preset)
  }
  const options = info.presets.map(({ name, label }) => element('option', { value: name }, label))
  const select = element(
    'select',
    { class: 'presets', 'aria-label': `Presets of ${info.label}`, on: { change } },
    element('option', { value: '' }, 'Presets'),
    ...options,
  )
  return select
}
