import { button, element } from '/widgets/dom.js'
import { dressed } from '../look.js'

/** Time in the Play column: the transport and the patterns, loaded when they are asked for or the project has some. */
export function patternsDoor(store) {
  const place = element('div', { class: 'patterns' })
  let loading = null
  const load = () => {
    loading ??= store.attemptLater(async () => {
      await dressed('/studio/css/patterns.css')
      const { patternsView } = await import('./patterns-view.js')
      patternsView(place, store)
      open.remove()
      return place
    }).then((loaded) => {
      if (!loaded) loading = null // without a network it may be tried again
      return loaded
    })
    return loading
  }
  const focus = async () => (await load())?.querySelector('button')?.focus()
  const open = button('Patterns…', focus, { class: 'quiet', title: 'Play in time: a tempo, drum patterns, and steps for every instrument' })
  store.subscribe(() => {
    const { patterns = {}, parameters = {} } = store.document
    if (Object.keys(patterns).length > 0 || parameters['transport/running']?.value) load()
  })
  return [open, place]
}
