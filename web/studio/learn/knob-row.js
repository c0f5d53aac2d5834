import { button, element, keep, setText } from '/widgets/dom.js'
import { freshId } from '../changes.js'
import { knobDialog } from './knob-dialog.js'
import { addKnob } from './output-commands.js'

/** The output's own knobs: where the model has them now, to be turned before a pad is taught. */
export function knobRow(store, hands) {
  const list = element('div', { class: 'knobs' })
  const letGo = button('Let go', () => hands.letGo(), { class: 'quiet edge' })
  const add = button('+ Add a knob', () => addOne(store), { class: 'quiet' })
  const take = button('', () => hands.take(store.chosen), { class: 'quiet', title: 'Puts the knobs where this pad has them' })
  const root = element('div', {}, list, element('div', { class: 'pad-bar' }, take, letGo, add))
  let shown = []
  store.subscribe(() => {
    const { knobs, task, chosen } = store
    root.hidden = task !== 'continuous'
    list.hidden = knobs.length === 0
    letGo.hidden = !hands.hasNewSound
    take.hidden = knobs.length === 0 || !chosen
    setText(take, `As in ${chosen?.name}`)
    const nodes = keep(list, knobs, ({ id }) => id, ({ id }) => knobFor(store, hands, id), (node, knob) => {
      node.setAttribute('label', knob.name)
      node.range = { minimum: knob.minimum, maximum: knob.maximum, value: hands.value(knob) }
      node.toggleAttribute('data-hand', hands.holds(knob.id))
      node.defaultPosition = (knob.default - knob.minimum) / span(knob)
      node.changed()
    })
    shown = knobs.map((knob) => ({ knob, node: nodes.get(knob.id) }))
  })
  paint(store, hands, () => shown)
  return root
}

const span = ({ minimum, maximum }) => Math.max(1e-9, maximum - minimum)

function paint({ frame }, hands, shown) {
  frame.paint(() => {
    const list = shown()
    for (let i = 0; i < list.length; i += 1) {
      const { knob, node } = list[i]
      node.position = (hands.value(knob) - knob.minimum) / span(knob)
    }
  })
  frame.write(() => {
    for (const { knob, node } of shown()) {
      node.range.value = Number(hands.value(knob).toPrecision(4))
      node.text = String(Number(hands.value(knob).toPrecision(knob.whole ? 6 : 3)))
    }
  })
}

function knobFor(store, hands, id) {
  const find = () => store.knobs.find((knob) => knob.id === id)
  const turn = ({ detail }) => {
    const knob = find()
    hands.turn(knob, knob.minimum + detail.position * span(knob))
    store.changed()
  }
  const edit = () => knobDialog(store, find())
  const keydown = ({ key }) => {
    if (key === 'F2') edit()
  }
  return element('starling-knob', { title: 'F2 or a right click: name and range', on: {
    'knob-input': turn, keydown, contextmenu: (event) => { event.preventDefault(); edit() },
  } })
}

function addOne(store) {
  const id = freshId('knob')
  if (store.run(addKnob, id, store.model, `Knob ${store.knobs.length + 1}`)) knobDialog(store, store.knobs.find((knob) => knob.id === id))
}
