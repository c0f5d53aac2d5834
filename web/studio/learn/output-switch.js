import { button, element, keep, setAttribute, setText } from '/widgets/dom.js'
import { askForOutput } from './output-dialog.js'
import { kindOf } from './outputs.js'
import { learnPath } from '../paths.js'
import { moveBy } from '../roving.js'

/** Which output is being taught. With only one there is nothing to choose, only the way to another one. */
export function outputSwitch(store) {
  const keydown = (event) => moveBy(event, [...list.children], (index) => choose(store.outputs[index].id))
  const list = element(
    'div',
    { class: 'outputs', role: 'radiogroup', 'aria-label': 'Output being taught', on: { keydown } },
  )
  const more = button('', () => askForOutput(store, focusChosen), { class: 'quiet more', title: 'Learn something else from the same input' })
  const choose = (id) => {
    store.chooseOutput(id)
    list.keptChildren.get(id).focus()
  }
  const focusChosen = () => list.keptChildren.get(store.model.id).focus()
  const make = ({ id }) => chip(() => choose(id))
  store.subscribe(() => {
    const { outputs, model } = store
    list.hidden = outputs.length < 2
    setText(more, outputs.length < 2 ? '+ Output' : '+')
    setAttribute(more, 'aria-label', 'Add an output')
    const chips = keep(list, outputs, ({ id }) => id, make, (node, output) => node.show(output, output.id === model?.id))
    shown = outputs.map(({ id }) => ({ node: chips.get(id), path: learnPath(id, 'certainty') }))
  })
  let shown = []
  store.frame.paint(() => {
    if (list.hidden) return
    for (let i = 0; i < shown.length; i += 1) shown[i].node.paint(store.starling.bus.value(shown[i].path))
  })
  return element('div', { class: 'output-switch' }, list, more)
}

function chip(choose) {
  const glyph = element('span', { class: 'glyph', 'aria-hidden': 'true' })
  const name = element('span', { class: 'name' })
  const fill = element('i', { 'aria-hidden': 'true' })
  const node = button(glyph, choose, { class: 'output', role: 'radio' })
  node.append(name, fill)
  node.show = (output, isChosen) => {
    const kind = kindOf(output)
    setText(glyph, kind.glyph)
    setText(name, output.name)
    setAttribute(node, 'aria-label', `${output.name}, ${kind.word}`)
    setAttribute(node, 'aria-checked', isChosen)
    node.tabIndex = isChosen ? 0 : -1
  }
  let shown = -1
  node.paint = (certainty) => {
    if (!(Math.abs(certainty - shown) > 0.01)) return
    shown = certainty
    fill.style.transform = `scaleX(${certainty.toFixed(2)})`
  }
  return node
}
