import { button, element, keep } from '/widgets/dom.js'
import { freshId } from '../changes.js'
import { racks } from '../parameters.js'
import { parameterOf } from '../paths.js'
import { addMapping } from './mapping-commands.js'
import { mappingRow } from './mapping-row.js'

const firstSource = '/listen/mic/loudness'

/**
 * Fills the card of all mappings: what moves what, and how.
 *
 * @returns {{ focus: () => void, mapTo: (parameter: string) => void }} `mapTo` turns to the mapping of a parameter, made if there is none
 */
export function mappingCard(card, store) {
  const { starling } = store
  const list = element('ul', { class: 'mappings', 'aria-label': 'Mappings' })
  const add = button('+ Add a mapping', () => make(firstParameter(store)), { class: 'quiet' })
  card.append(list, add)
  const show = () => {
    const hadFocus = list.contains(document.activeElement)
    keep(list, starling.ordered('mappings'), ({ id }) => id, ({ id }) => mappingRow(store, id), (node) => node.show())
    if (hadFocus && !list.contains(document.activeElement)) add.focus()
  }
  store.subscribe(show)
  store.frame.paint(() => {
    for (const node of list.children) node.paint()
  })
  return { focus: () => add.focus(), mapTo }

  function make(destination) {
    const id = freshId('mapping')
    if (!store.run(addMapping, id, firstSource, destination)) return
    show()
    turnTo(id)
  }

  function mapTo(parameter) {
    const existing = starling.ordered('mappings').find(({ destination }) => destination === parameter)
    show()
    if (existing) turnTo(existing.id)
    else make(parameter)
  }

  function turnTo(id) {
    const node = list.keptChildren.get(id)
    node.scrollIntoView({ block: 'nearest' })
    node.focusSource()
  }
}

/** A parameter that nothing is mapped to yet. */
function firstParameter(store) {
  const mapped = new Set(store.starling.ordered('mappings').map(({ destination }) => destination))
  const parameters = racks(store).flatMap(({ slots }) => slots.map(({ path }) => parameterOf(path)))
  return parameters.find((parameter) => !mapped.has(parameter)) ?? parameters[0] ?? 'master/level'
}
