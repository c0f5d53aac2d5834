import { element, keep } from '/widgets/dom.js'
import { mark } from '/widgets/marks.js'
import { freshId } from './changes.js'
import { addPad, deletePad, renamePad } from './commands.js'
import { padBar } from './pad-bar.js'
import { presetValues, racks } from './parameters.js'
import { certaintyPath, learnPath } from './paths.js'
import { counted, percent } from './words.js'

/** The pads, one a category, and what can be done with the chosen one. */
export function padsView(root, store, teaching) {
  const list = element('div', { class: 'pads', role: 'group', 'aria-label': 'Pads' })
  const edit = (pad) => list.keptChildren.get(pad.id).edit()
  root.append(list, padBar(store, teaching, { edit, remove: removePad, add: () => addOne(store, list) }))
  let shown = []
  store.subscribe(() => {
    const { pads, chosen, model } = store
    const notes = padNotes(store)
    const nodes = keep(list, pads, ({ id }) => id, (pad) => padFor(store, teaching, pad.id), (node, pad, index) => {
      node.mark = mark(index)
      node.note = notes[index]
      node.setAttribute('label', pad.name)
      node.setAttribute('key', index < 9 ? String(index + 1) : '')
      node.toggleAttribute('data-chosen', pad.id === chosen?.id)
      node.toggleAttribute('data-teaching', teaching.isTeaching(pad.id))
      node.changed()
    })
    shown = pads.map(({ id }) => ({ id, node: nodes.get(id), path: certaintyPath(model.id, id) }))
  })
  paintCertainties(store, teaching, () => shown)
}

/** How much a pad was taught: a gesture in performances, all else in examples. */
function padNotes({ groups, counts, task }) {
  return groups.map(({ pad, takes }) => task === 'gestures'
    ? counted(takes.length, 'performance')
    : counted(counts.ofCategory.get(pad.id) ?? 0, 'example'))
}

/** How certain the model is of each pad; while a pad is taught, for how long. */
function paintCertainties(store, teaching, shown) {
  const { starling, frame } = store
  frame.paint(() => {
    const pads = shown()
    for (let i = 0; i < pads.length; i += 1) pads[i].node.certainty = starling.bus.value(pads[i].path)
  })
  frame.write(() => {
    const label = store.model && starling.running ? starling.bus.value(learnPath(store.model.id, 'label')) : -1
    for (const [index, { id, node }] of shown().entries()) {
      node.toggleAttribute('data-recognised', index === label)
      const words = teaching.isTeaching(id) ? `${teaching.seconds.toFixed(1)} s` : percent(node.certainty)
      node.certaintyText = starling.running ? words : ''
    }
  })
}

function padFor(store, teaching, id) {
  const find = () => store.pads.find((pad) => pad.id === id)
  return element('starling-pad', { on: {
    'pad-press': () => teaching.press(id),
    'pad-release': () => teaching.letUp(),
    'pad-toggle': () => teaching.toggle(id),
    'pad-rename': ({ detail }) => store.run(renamePad, find(), detail.name),
    'pad-delete': () => removePad(store, find()),
  } })
}

/** Deletes a pad, and offers to take it back. */
function removePad(store, pad) {
  if (!store.run(deletePad, pad)) return
  store.sayUndoable(`${pad.name} was deleted.`)
}

const padWords = { categories: 'Sound', continuous: 'Place', gestures: 'Gesture' }

/** The first output's pads begin with the presets of the first instrument in turn, so that they are heard at once. */
function firstSound(store, count) {
  if (store.task !== 'categories' || store.model !== store.outputs[0]) return {}
  const info = racks(store)[0]?.info
  const presets = info?.presets ?? []
  return presets.length > 0 ? presetValues(info, presets[count % presets.length]) : {}
}

/** Adds a pad and lets it be named. */
function addOne(store, list) {
  const id = freshId('pad')
  const count = store.pads.length
  if (!store.run(addPad, id, store.model, `${padWords[store.task]} ${count + 1}`, firstSound(store, count))) return
  store.choose(id)
  store.frame.settle(() => list.lastElementChild?.edit())
}
