import { button, element } from '/widgets/dom.js'
import { freshId } from '../changes.js'
import { showDialog } from '../dialog.js'
import { addOutput } from './output-commands.js'
import { firstModel, freeName, outputKinds } from './outputs.js'

/** Asks what another output should learn, and adds it; `added` is called once it is there. */
export function askForOutput(store, added) {
  const { catalogue } = store.starling
  const choices = outputKinds.filter((kind) => firstModel(kind, catalogue)).map((kind) => {
    const press = () => {
      dialog.close()
      addOne(store, kind, added)
    }
    const words = element('span', {}, element('b', {}, kind.name), element('span', { class: 'hint' }, kind.help))
    const node = button(element('span', { class: 'glyph', 'aria-hidden': 'true' }, kind.glyph), press, { class: 'kind' })
    node.append(words)
    return node
  })
  const words = 'It listens to the same input, and learns something else from it. The instruments can follow both.'
  const dialog = showDialog(
    'What should it learn?',
    [element('p', { class: 'hint' }, words), element('div', { class: 'kinds' }, ...choices)],
    [{ label: 'Cancel' }],
  )
  choices[0]?.focus()
}

/** Adds an output that listens to what the present one listens to, and turns to it. */
function addOne(store, kind, added) {
  const { model, outputs, starling } = store
  const id = freshId('output')
  const named = (word) => (name) => ({ id: freshId(word), name })
  const record = {
    name: freeName(kind.name, outputs),
    kind: firstModel(kind, starling.catalogue).name,
    drive: kind.drive,
    inputs: model?.inputs ?? [],
    gate: model?.gate ?? -50,
  }
  const made = { id, record, pads: kind.pads.map(named('pad')), knobs: kind.knobs.map(named('knob')) }
  if (!store.run(addOutput, made)) return
  store.chooseOutput(id)
  store.show('teach')
  store.frame.settle(added)
}
