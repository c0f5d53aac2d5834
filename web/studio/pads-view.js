import { element, keep } from '/widgets/dom.js'
import { mark } from '/widgets/marks.js'
import { addPad, deletePad, freshId, renamePad } from './commands.js'
import { padBar } from './pad-bar.js'
import { presetValues, racks } from './parameters.js'
import { certaintyPath } from './paths.js'
import { counted, percent } from './words.js'

/** The pads, one a category, and what can be done with the chosen one. */
export function padsView(root, store, teaching) {
  const list = element('div', { class: 'pads', role: 'group', 'aria-label': 'Pads' })
  const edit = (pad) => list.keptChildren.get(pad.id).edit()
  root.append(list, padBar(store, teaching, { edit, remove: removePad, add: () => addOne(store, list) }))
  let shown = []
  store.subscribe(() => {
    const { pads, chosen, model } = store
    const { ofCategory } = store.counts
    const nodes = keep(list, pads, ({ id }) => id, (pad) => padFor(store, teaching, pad.id), (node, pad, index) => {
      node.mark = mark(index)
      node.note = counted(ofCategory.get(pad.id) ?? 0, 'example')
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

/** How certain the model is of each pad; while a pad is taught, for how long. */
function paintCertainties({ starling, frame }, teaching, shown) {
  frame.paint(() => {
    const pads = shown()
    for (let i = 0; i < pads.length; i += 1) pads[i].node.certainty = starling.bus.value(pads[i].path)
  })
  frame.write(() => {
    for (const { id, node } of shown()) {
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

/** Adds a pad whose sound is the next preset of the first instrument, so that it is heard at once. */
function addOne(store, list) {
  const id = freshId('pad')
  const count = store.pads.length
  const info = racks(store)[0]?.info
  const presets = info?.presets ?? []
  const values = presets.length > 0 ? presetValues(info, presets[count % presets.length]) : {}
  if (!store.run(addPad, id, store.model, `Sound ${count + 1}`, values)) return
  store.choose(id)
  store.frame.settle(() => list.lastElementChild?.edit())
}
