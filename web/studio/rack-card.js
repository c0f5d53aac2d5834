import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { orderEffects, removeRack } from './commands.js'
import { drivenParameters, movers } from './parameters.js'
import { parameterOf } from './paths.js'
import { arpeggioRow } from './patterns/arpeggio-row.js'
import { pictureBox } from './picture-box.js'
import { presetSelect } from './preset-select.js'
import { soundsDoor } from './sounds/door.js'

/** One instrument, effect or picture: its knobs and its presets; a picture is to be seen too. */
export function rackCard(store, hands, rack) {
  const { info, slots } = rack
  const name = element('span')
  const knobs = slots.map((slot) => knobFor(store, hands, slot))
  const moves = rack.kind === 'effect' ? [moveButton(store, rack, -1), moveButton(store, rack, 1)] : []
  const sounds = soundsDoor(store, hands, rack)
  const arpeggio = rack.kind === 'instrument' ? arpeggioRow(store, rack) : null
  const node = element('div', { class: 'card rack', title: info.help },
    element('h3', {}, name, presetSelect(store, hands, rack), ...moves, removeButton(store, rack)),
    rack.kind === 'visual' ? pictureBox(store, rack) : null,
    element('div', { class: 'knobs' }, ...knobs), sounds, arpeggio)
  node.show = (shown) => {
    const driven = drivenParameters(store)
    const mapped = movers(store)
    setText(name, shown.name)
    for (const move of moves) move.show()
    sounds?.show()
    arpeggio?.show(shown.record)
    knobs.forEach((knob, index) => {
      knob.toggleAttribute('data-driven', driven.has(parameterOf(slots[index].path)))
      knob.toggleAttribute('data-hand', hands.held.has(slots[index].path))
      showMover(knob, slots[index], mapped.get(parameterOf(slots[index].path)))
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
    const [list, from] = [[...effects()], place()]
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

/** Says on a knob what is mapped to it, if anything. */
function showMover(knob, { help }, sources) {
  const words = sources ? `Moved by ${sources.join(', ')}.` : null
  setAttribute(knob, 'data-mapped', words && '')
  setAttribute(knob, 'aria-description', words)
  setAttribute(knob, 'title', `${help} ${words ?? ''} M or a right click: map it.`.replace('  ', ' '))
}

/** A knob for a slot of the bus, moved by whatever moves the slot. It asks for a mapping by the event `map-request`. */
export function knobFor({ starling, frame }, hands, slot) {
  const { path, label, minimum, maximum, curve } = slot
  const map = (event) => {
    event.preventDefault() // or the letter would go on to the list that gets the focus
    knob.dispatchEvent(new CustomEvent('map-request', { detail: parameterOf(path), bubbles: true }))
  }
  const knob = element('starling-knob', { label, title: slot.help, on: {
    contextmenu: map,
    keydown: (event) => { if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey) map(event) },
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
