import { button, element } from '/widgets/dom.js'

/**
 * The two views in the header: the studio, and the stage, which is loaded when it is first wanted.
 *
 * @returns {{ isOpen: boolean, toggle: () => void, press: (index: number) => void }} what keys do with the stage
 */
export function performDoor(header, store, hands) {
  let view = null
  const door = {
    get isOpen() {
      return view?.isOpen ?? false
    },
    toggle: () => (door.isOpen ? view.close() : open()),
    press: (index) => view.press(index),
  }
  const perform = button('Perform', open, { title: 'Pictures and pads alone, for the stage (F)', 'aria-keyshortcuts': 'F' })
  const studio = button('Studio', () => {}, { 'aria-current': 'page' })
  header.append(element('nav', { class: 'views', 'aria-label': 'Views' }, studio, perform))
  return door

  async function open() {
    await store.attemptLater(async () => {
      if (!view) {
        const { PerformView } = await import('./perform/perform-view.js')
        view ??= await PerformView.make(store, hands)
      }
      view.open(perform)
    })
  }
}
