import { button, element } from '/widgets/dom.js'
import { dressed } from '../look.js'

const style = '/studio/css/mapping.css'

/**
 * Mappings and the plane, below the instruments: each is loaded when it is asked for, or when the project has any and the
 * sound runs. A knob asks by the event `map-request`, whose detail is its parameter.
 */
export function mappingDoor(play, store, hands) {
  const openMappings = lazyCard(play, store, { title: 'Mappings', label: 'Map…', table: 'mappings', load: async (card) => {
    const { mappingCard } = await import('./mapping-card.js')
    return mappingCard(card, store)
  } })
  lazyCard(play, store, { title: 'Plane', label: 'Use…', table: 'points', load: async (card) => {
    const { planeCard } = await import('./plane-card.js')
    return planeCard(card, store, hands)
  } })
  play.addEventListener('map-request', async ({ detail }) => (await openMappings())?.mapTo(detail))
}

/** A card that is only a button until it is opened; the function that opens it gives what `load` gave, the same each time. */
function lazyCard(play, store, { title, label, table, load }) {
  const opener = button(label, async () => (await open())?.focus(), { class: 'quiet edge', 'aria-label': `${title}: ${label}` })
  const card = element('div', { class: 'card' }, element('h3', {}, element('span', {}, title), element('small', {}, opener)))
  let opened = null
  play.append(card)
  store.subscribe(() => {
    if (!opened && store.starling.running && Object.keys(store.document[table]).length > 0) open()
  })
  return open

  function open() {
    opened ??= store.attemptLater(async () => {
      await dressed(style)
      const part = await load(card)
      opener.remove()
      return part
    }).then((part) => {
      if (!part) opened = null // without a network it may be tried again
      return part
    })
    return opened
  }
}
