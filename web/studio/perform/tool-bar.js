import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { healthFigures } from '../header-view.js'

/** What can be done on the stage: back to the studio, another picture, pads and name on and off; and health, small. */
export function toolBar(store, view) {
  const { starling } = store
  const next = button('', () => view.wall.next(), { class: 'quiet' })
  const pads = switchFor('Pads', view.pads)
  const name = switchFor('Name', view.board)
  const play = button('Playing', () => {
    store.attempt(() => (starling.playing = !starling.playing))
    store.changed()
  }, { class: 'quiet', 'aria-keyshortcuts': 'P', title: 'All instruments on or off (P)' })
  const back = button('Back to the studio', () => view.close(), { class: 'button', title: 'Escape, or F' })
  store.frame.write(() => {
    if (!view.isOpen) return
    next.hidden = view.wall.count < 2
    setText(next, `Next picture: after ${view.wall.name}`)
    setAttribute(play, 'aria-pressed', starling.playing)
  })
  return element('div', { class: 'tool-bar', role: 'group', 'aria-label': 'Stage' },
    back, next, pads, name, play, element('span', { class: 'space' }), healthFigures(store))
}

/** A button that shows a part of the stage or takes it away. */
function switchFor(label, part) {
  const node = button(label, () => {
    part.isWanted = !part.isWanted
    setAttribute(node, 'aria-pressed', part.isWanted)
  }, { class: 'quiet', 'aria-pressed': 'true' })
  return node
}
