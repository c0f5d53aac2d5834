import { button, element, keep, setText } from '/widgets/dom.js'
import { openDerive } from './derive-dialog.js'
import { pathOf, removeDerived, useDerived } from './derived-commands.js'
import { described } from './kind-words.js'
import { labelOf } from './sources.js'

/** The project's derived features: whether each feeds the model, where it is now, and ways to change it and to be rid of it. */
export function derivedRows(root, store) {
  const list = element('div', { class: 'features', role: 'group', 'aria-label': 'Derived features' })
  root.append(list)
  store.subscribe(() => {
    list.hidden = Object.keys(store.document.derived).length === 0
    keep(list, store.starling.ordered('derived'), ({ id }) => id, ({ id }) => row(store, id), (node, record) => node.show(record))
  })
  store.frame.paint(() => {
    for (const node of list.children) node.paint()
  })
  store.frame.write(() => {
    for (const node of list.children) node.write()
  })
}

function row(store, id) {
  const { starling } = store
  const path = pathOf(id)
  const name = element('span')
  const box = element('input', { type: 'checkbox', on: { change: () => {
    const isWanted = box.checked
    // The box shows what the document says, not what was asked for.
    box.checked = !isWanted
    store.run(useDerived, store.model, id, isWanted)
  } } })
  const meter = element('starling-meter', { class: 'unlabelled' })
  const edit = button('✎', () => openDerive(store, { id }), { class: 'quiet' })
  const remove = button('×', () => store.run(removeDerived, id), { class: 'quiet' })
  const node = element('div', { class: 'feature control derived', 'data-derived': id }, element('label', {}, box, name), meter, edit, remove)
  node.show = (record) => {
    setText(name, record.name)
    meter.setAttribute('label', record.name)
    node.title = `${labelOf(store, record.source)}: ${described(starling.catalogue, record)}`
    edit.ariaLabel = `Change ${record.name}`
    remove.ariaLabel = `Remove ${record.name}`
    box.checked = store.model?.inputs.includes(id) ?? false
    box.disabled = !store.model
    node.classList.toggle('off', !box.checked)
  }
  node.paint = () => {
    meter.position = starling.bus.position(path)
  }
  node.write = () => {
    meter.text = starling.running ? starling.bus.text(path) : ''
  }
  return node
}
