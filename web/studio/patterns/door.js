import { button, element } from '/widgets/dom.js'

/** Time in the Play column: the transport and the patterns, loaded when they are asked for or the project has some. */
export function patternsDoor(store) {
  const place = element('div', { class: 'patterns' })
  let isLoaded = false
  const load = () => {
    if (isLoaded) return
    isLoaded = true
    store.attemptLater(async () => (await import('./patterns-view.js')).patternsView(place, store))
    open.hidden = true
  }
  const open = button('Patterns…', load, { class: 'quiet', title: 'Play in time: a tempo, drum patterns, and steps for every instrument' })
  store.subscribe(() => {
    const { patterns = {}, parameters = {} } = store.document
    if (Object.keys(patterns).length > 0 || parameters['transport/running']?.value) load()
  })
  return [open, place]
}
