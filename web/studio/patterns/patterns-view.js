import { element, keep } from '/widgets/dom.js'
import { addPattern } from './pattern-commands.js'
import { patternCard } from './pattern-card.js'
import { transportBar } from './transport-bar.js'

/** The transport, a card a pattern, and a list of patterns to begin with. */
export function patternsView(root, store) {
  const cards = element('div', { class: 'cards' })
  root.append(transportBar(store), cards, addSelect(store))
  store.frame.paint(() => {
    for (const card of cards.children) card.paint()
  })
  store.frame.write(() => {
    for (const card of cards.children) card.write()
  })
  store.subscribe(() => {
    keep(cards, store.starling.ordered('patterns'), ({ id }) => id, (pattern) => patternCard(store, pattern), (node, pattern) => node.show(pattern))
  })
}

/** Adds one of the catalogue's patterns, or an empty one for an instrument of the project. */
function addSelect(store) {
  const { catalogue } = store.starling
  const change = () => {
    const [kind, name] = select.value.split('/')
    select.value = ''
    const empty = { label: 'Pattern', instrument: name, steps: 16, lanes: emptyLanes(catalogue, name) }
    const info = kind === 'new' ? empty : catalogue.patterns.find((each) => each.name === name)
    store.run(addPattern, info, catalogue.instruments.find((each) => each.name === info.instrument))
    store.changed()
  }
  const select = element('select', { class: 'add-rack quiet', 'aria-label': 'Add a pattern', on: { change } },
    element('option', { value: '' }, 'Add a pattern…'),
    ...catalogue.patterns.map(({ name, label }) => element('option', { value: `known/${name}` }, label)),
    ...catalogue.instruments.map(({ name, label }) => element('option', { value: `new/${name}` }, `Empty, for ${label}`)))
  return select
}

const scale = [48, 50, 52, 55, 57, 60]

/** The first drums of the catalogue, or five tones that go with each other. */
function emptyLanes({ drums }, instrument) {
  const notes = instrument === 'drums' ? drums.slice(0, 5).map(({ note }) => note) : scale
  return notes.map((note) => ({ note, velocities: [] }))
}
