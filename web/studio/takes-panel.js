import { button, element, keep, setText } from '/widgets/dom.js'
import { counted } from './words.js'

/** The takes of the chosen pad, newest first, each of which can be deleted. */
export function takesPanel(store) {
  const title = element('span')
  const count = element('small')
  const list = element('ul', { class: 'takes' })
  const empty = element('p', { class: 'hint' })
  store.subscribe(() => {
    const { chosen, takes } = store
    setText(title, chosen ? `Takes of ${chosen.name}` : 'Takes')
    setText(count, counted(takes.length, 'take'))
    setText(empty, takes.length > 0 ? '' : emptyWords(chosen))
    const longest = Math.max(0.001, ...takes.map(({ seconds }) => seconds))
    const show = (node, take, index) => node.show(take, takes.length - index, longest)
    keep(list, takes, ({ id }) => id, (take) => row(store, take), show)
  })
  const words = 'A take is one stretch you taught, with its sound. Delete what went wrong; it learns anew at once.'
  const hint = element('p', { class: 'hint' }, words)
  return element('div', { class: 'panel' }, element('h3', {}, title, count), hint, empty, list)
}

function emptyWords(pad) {
  return pad ? `Nothing yet. Hold ${pad.name} while you make its sound.` : 'Add a pad first.'
}

function row(store, { id }) {
  const name = element('span')
  const length = element('starling-meter', { label: 'Length' })
  const remove = button('Delete', () => deleteTake(store, id, name.textContent), { class: 'quiet' })
  const node = element('li', {}, name, length, remove)
  node.show = (take, number, longest) => {
    setText(name, take.name || `Take ${number}`)
    length.setAttribute('label', name.textContent)
    length.position = take.seconds / longest
    length.text = `${take.seconds.toFixed(1)} s, ${counted(store.counts.ofTake.get(id) ?? 0, 'example')}`
    remove.setAttribute('aria-label', `Delete ${name.textContent}`)
  }
  return node
}

function deleteTake(store, id, name) {
  if (store.attempt(() => store.starling.removeTake(id))) store.sayUndoable(`${name} was deleted.`)
}
