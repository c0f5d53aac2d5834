import '/widgets/mapping.js'
import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { offer, tables } from '../slot-names.js'
import { destinationName, destinationOptions, destinationSlot, mappingName, placeText, slotAt, sourceOptions } from './ends.js'
import { finerSettings } from './finer-settings.js'
import { learnButton } from './learn-button.js'
import { chooseDestination, chooseSource, removeMapping, setMapping, switchMapping } from './mapping-commands.js'
import { rangeOf } from './moved.js'

/** A range is fitted to what its source did in the last seconds. */
const fitSeconds = 10

/** One mapping: from what, to what, the way between them, and where both are now. */
export function mappingRow(store, id) {
  const { starling } = store
  const mapping = () => ({ id, ...starling.document.mappings[id] })
  const box = element('input', { type: 'checkbox', on: { change: () => {
    const isWanted = box.checked
    box.checked = !isWanted
    store.run(switchMapping, id, isWanted)
  } } })
  const source = element('select', { on: { change: () => store.run(chooseSource, id, source.value) } })
  const destination = element('select', { on: { change: () => store.run(chooseDestination, id, destination.value) } })
  const remove = button('×', () => store.run(removeMapping, id), { class: 'quiet remove' })
  const picture = element('starling-mapping', { on: { 'mapping-input': ({ detail }) => moveEnd(store, mapping(), detail) } })
  const state = element('p', { class: 'warning', role: 'status' })
  const fit = button('Fit', () => fitRange(store, mapping()), { class: 'quiet', title: `The range of the last ${fitSeconds} seconds` })
  const finer = finerSettings(store, id)
  const node = element('li', { class: 'mapping' },
    element('div', { class: 'ends' }, box, source, element('span', { 'aria-hidden': 'true' }, '→'), destination, remove),
    state, picture, element('div', { class: 'row' }, learnButton(store, id), fit), finer)
  let shape = []
  let paths = { source: '', destination: null }
  node.show = () => {
    const shown = mapping()
    const name = mappingName(starling, shown)
    setAttribute(node, 'aria-label', name)
    showEnds({ starling, shown, source, destination })
    box.checked = shown.active
    setAttribute(box, 'aria-label', `On: ${name}`)
    setAttribute(source, 'aria-label', `Source of ${destinationName(starling, shown)}`)
    setAttribute(destination, 'aria-label', `What ${name.split(' → ')[0]} moves`)
    setAttribute(remove, 'aria-label', `Remove ${name}`)
    setAttribute(fit, 'aria-label', `Fit the range of ${name}`)
    setAttribute(picture, 'label', name)
    node.classList.toggle('off', !shown.active)
    shape = starling.mappingShape(id)
    const slots = { source: slotAt(starling, shown.source), destination: destinationSlot(starling, shown) }
    paths = { source: shown.source, destination: slots.destination?.path ?? null }
    setText(state, whatIsGone(slots))
    picture.hidden = shape.length === 0
    if (shape.length > 0) picture.show({ ...endsOf(starling, shown, slots), shape })
    finer.show(shown, slots)
  }
  node.paint = () => {
    if (shape.length === 0) return
    const x = starling.bus.position(paths.source)
    const y = paths.destination === null ? shape[Math.round(x * (shape.length - 1))] : starling.bus.position(paths.destination)
    picture.moveTo(x, y)
  }
  node.focusSource = () => source.focus()
  return node
}

/** Both lists, with what is chosen but no longer there. */
function showEnds({ starling, shown, source, destination }) {
  const gone = (path) => element('option', { value: path, hidden: true }, `${path} (gone)`)
  const make = {
    source: () => [...sourceOptions(starling), !slotAt(starling, shown.source) && gone(shown.source)].filter(Boolean),
    destination: () => [
      ...destinationOptions(starling, shown.destination), !destinationSlot(starling, shown) && gone(shown.destination),
    ].filter(Boolean),
  }
  const named = ['models', 'categories', 'knobs', 'controls', ...tables]
  const names = named.map((table) => Object.values(starling.document[table]).map(({ name }) => name))
  const key = JSON.stringify([starling.slots.map(({ path }) => path).join(), names, shown.source, shown.destination])
  offer(source, key, make.source, shown.source)
  offer(destination, key, make.destination, shown.destination)
}

function whatIsGone({ source, destination }) {
  if (!source) return 'Its source is gone. Choose another; until then nothing moves.'
  return destination ? '' : 'What it moves is gone. Choose something else.'
}

/** Where the ends are, as positions and in words. */
function endsOf(starling, { from, to, low, high }, { source, destination }) {
  const values = { from: from ?? source.minimum, to: to ?? source.maximum }
  const words = {
    from: starling.text(source, values.from), to: starling.text(source, values.to),
    low: placeText(starling, destination, low), high: placeText(starling, destination, high),
  }
  return { words, ends: { from: starling.position(source, values.from), to: starling.position(source, values.to), low, high } }
}

function moveEnd(store, mapping, { end, position, turn }) {
  const { starling } = store
  const isSourceEnd = end === 'from' || end === 'to'
  const value = isSourceEnd ? starling.value(slotAt(starling, mapping.source), position) : position
  store.runMerged(`${mapping.id} ${end} ${turn}`, setMapping, mapping.id, { [end]: Number(value.toPrecision(6)) })
}

function fitRange(store, { id, source }) {
  const range = rangeOf(store.starling, source, fitSeconds)
  if (range) store.run(setMapping, id, range, 'Fit a range')
  else store.notices.say('warning', `It has not moved in the last ${fitSeconds} seconds. Move it, then fit.`)
}
