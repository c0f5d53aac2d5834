import { button, element } from '/widgets/dom.js'
import { setModel } from '../commands.js'
import { deleteOutput, orderOutputs } from './output-commands.js'

/** An output's name, its place among the others, and its end. */
export function outputBar(store) {
  const change = () => store.run(setModel, store.model, 'name', name.value.trim() || store.model.name)
  const name = element('input', { class: 'text-field', maxLength: 60, spellcheck: false, on: { change } })
  const earlier = button('←', () => move(store, -1), { class: 'quiet edge', 'aria-label': 'Move before its neighbour' })
  const later = button('→', () => move(store, 1), { class: 'quiet edge', 'aria-label': 'Move behind its neighbour' })
  const remove = button('Delete', () => removeOutput(store), { class: 'quiet edge' })
  store.subscribe(() => {
    const { model, outputs } = store
    if (document.activeElement !== name) name.value = model?.name ?? ''
    const place = outputs.indexOf(model)
    for (const node of [earlier, later, remove]) node.hidden = outputs.length < 2
    earlier.disabled = place <= 0
    later.disabled = place === outputs.length - 1
  })
  return element(
    'div',
    { class: 'output-bar' },
    element('label', { class: 'number' }, element('span', {}, 'Name'), name),
    earlier,
    later,
    remove,
  )
}

function move(store, step) {
  const outputs = [...store.outputs]
  const place = outputs.indexOf(store.model)
  const [moved] = outputs.splice(place, 1)
  outputs.splice(place + step, 0, moved)
  store.run(orderOutputs, outputs)
}

/** Deletes the output with all it has learned, and offers to take it back. */
function removeOutput(store) {
  const { model } = store
  if (store.run(deleteOutput, model)) store.sayUndoable(`${model.name} was deleted, with its pads and takes.`)
}
