import { element, keep, setAttribute, setText } from '/widgets/dom.js'
import { mark } from '/widgets/marks.js'
import { curvesOf } from './curves.js'
import { certaintyPath, learnPath } from '../paths.js'
import { percent } from '../words.js'

/** So many performances of a gesture, the newest, and so many features are drawn. */
const [mostTakes, mostLanes] = [6, 2]
const flashMilliseconds = 700

/** The taught curves of each gesture with a marker that goes along; what is recognised flashes, and is said. */
export function gestureView(store, here) {
  const list = element('div', { class: 'gestures' })
  const status = element('p', { class: 'unseen', role: 'status' })
  const root = element('div', { class: 'gesture-side', hidden: true }, list, status)
  let shown = []
  store.subscribe(() => {
    if (store.task !== 'gestures') return
    const make = () => element('starling-gesture')
    const nodes = keep(list, store.groups, ({ pad }) => pad.id, make, (node, group) => show(store, node, group))
    shown = store.groups.map(({ pad }) => ({
      node: nodes.get(pad.id), name: pad.name,
      certainty: certaintyPath(store.model.id, pad.id), phase: certaintyPath(store.model.id, pad.id, 'phase'),
    }))
  })
  paint(store, root, () => shown)
  tell(store, root, () => shown, { here, status })
  return root
}

function show(store, node, { pad, index, takes }) {
  node.mark = mark(index)
  setAttribute(node, 'label', pad.name)
  node.changed()
  const drawn = takes.filter(({ muted }) => !muted).slice(0, mostTakes)
  const key = [store.model.inputs, ...drawn.map(({ id, from, to }) => `${id} ${from} ${to}`)].join()
  if (key === node.shownKey) return
  node.shownKey = key
  store.attemptLater(async () => {
    const lanes = await curvesOf(store, drawn, mostLanes)
    if (node.shownKey === key) node.lanes = lanes
  })
}

function paint({ starling, frame }, root, shown) {
  frame.paint(() => {
    if (root.hidden) return
    const list = shown()
    for (let i = 0; i < list.length; i += 1) {
      const { node, phase, certainty } = list[i]
      node.moveTo(starling.bus.value(phase), starling.bus.value(certainty))
    }
  })
  frame.write(() => {
    if (root.hidden) return
    for (const { node, phase, certainty } of shown()) node.text = gestureWords(starling.bus, phase, certainty)
  })
}

function gestureWords(bus, phase, certainty) {
  const certain = bus.value(certainty)
  return certain > 0 ? `${percent(bus.value(phase))} through · ${percent(certain)} certain` : ''
}

/** Says each recognition once: the label is the recognised gesture only for a moment. */
function tell(store, root, shown, { here, status }) {
  let last = -1
  store.frame.write(() => {
    if (root.hidden || !store.model) return
    const label = store.starling.bus.value(learnPath(store.model.id, 'label'))
    const gesture = shown()[label]
    setText(here, gesture ? `recognised: ${gesture.name}` : store.starling.running ? 'waiting for a gesture' : '')
    if (label === last) return
    last = label
    if (!gesture) return
    // Emptied first: the same words are news when the same gesture comes again.
    setText(status, '')
    store.frame.settle(() => setText(status, `Recognised: ${gesture.name}`))
    gesture.node.toggleAttribute('data-recognised', true)
    setTimeout(() => gesture.node.removeAttribute('data-recognised'), flashMilliseconds)
  })
}
