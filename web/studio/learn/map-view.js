import { element, setText } from '/widgets/dom.js'
import { mark } from '/widgets/marks.js'
import { newnessWords } from './newness.js'
import { learnPath } from '../paths.js'
import { percent } from '../words.js'

/** A screen reader is told where the input is at most this often. */
const wordsSeconds = 4

/** The map of all examples, on which a point can be picked to find its take; `here` says what is recognised. */
export function mapView(store, here) {
  const map = element('starling-map', { label: 'Map of examples', title: 'Click a point to find its take', on: {
    'map-pick': ({ detail }) => pick(store, store.map.takes[detail.index]),
  } })
  showExamples(store, map)
  showPosition(store, map, here)
  return map
}

function pick(store, take) {
  if (!store.document.takes?.[take]) return
  store.show('examples')
  store.picks.find(take)
}

function showExamples(store, map) {
  let shown = []
  store.subscribe(() => {
    const ids = store.pads.map(({ id }) => id)
    const open = store.tab === 'examples' ? store.picks.open : null
    // Pads that came, went or changed places have other marks.
    if (shown.map === store.map && shown.ids === ids.join() && shown.open === open) return
    shown = { map: store.map, ids: ids.join(), open }
    const marks = new Map(ids.map((id, index) => [id, mark(index)]))
    const { points, categories, takes } = store.map
    const isPicked = open ? (index) => takes[index] === open : null
    map.examples = { points, marks: categories.map((id) => marks.get(id) ?? mark(0)), isPicked }
  })
}

function showPosition(store, map, here) {
  const { starling, frame } = store
  let paths = null
  let spoken = { label: -1, at: 0 }
  store.subscribe(() => {
    const id = store.model?.id
    const names = { x: 'map-x', y: 'map-y', label: 'label', certainty: 'certainty', novelty: 'novelty' }
    paths = id ? Object.fromEntries(Object.entries(names).map(([key, name]) => [key, learnPath(id, name)])) : null
  })
  frame.paint(() => {
    if (map.hidden) return undefined
    if (!paths) return map.moveTo(NaN, NaN, false)
    const { bus } = starling
    return map.moveTo(bus.value(paths.x), bus.value(paths.y), bus.value(paths.certainty) > 0)
  })
  frame.write((seconds) => {
    if (map.hidden) return undefined
    if (!paths || !starling.running) return setText(here, '')
    const label = starling.bus.value(paths.label)
    const name = store.pads[label]?.name
    setText(here, name ?? (store.task === 'continuous' ? 'live' : 'waiting for a sound'))
    if (label === spoken.label || seconds - spoken.at < wordsSeconds) return undefined
    spoken = { label, at: seconds }
    const certainty = percent(starling.bus.value(paths.certainty))
    map.words = name
      ? `Nearest: ${name}, ${certainty} certain`
      : `Nothing recognised. ${newnessWords(starling.bus.value(paths.novelty))}`
    return undefined
  })
}
