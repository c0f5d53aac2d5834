import { element, setText } from '/widgets/dom.js'
import { mark } from '/widgets/marks.js'
import { modelPanel } from './model-panel.js'
import { learnPath } from './paths.js'
import { tabs } from './tabs.js'
import { takesPanel } from './takes-panel.js'
import { teachPanel } from './teach-panel.js'
import { percent } from './words.js'

/** A screen reader is told where the input is at most this often. */
const wordsSeconds = 4

/** Learn: the map, and beside it what the model knows, the takes, and the choice of model. */
export function learnView(heading, root, store) {
  const map = element('starling-map', { label: 'Map of examples' })
  const here = element('small')
  const panels = [
    { name: 'teach', label: () => 'Teach', panel: teachPanel(store) },
    {
      name: 'examples',
      label: () => `Examples ${[...store.counts.ofCategory.values()].reduce((a, b) => a + b, 0)}`,
      panel: takesPanel(store),
    },
    { name: 'model', label: () => 'Model', panel: modelPanel(store) },
  ]
  heading.append(tabs(panels, store))
  root.append(element('div', { class: 'card learn-card' },
    element('div', { class: 'map-side' }, element('h3', {}, 'Where am I?', here), map),
    element('div', { class: 'panel-side', role: 'group', 'aria-label': 'How learning goes', tabindex: '0' }, ...panels.map(({ panel }) => panel))))
  showExamples(store, map)
  showPosition(store, map, here)
}

function showExamples(store, map) {
  let shown = []
  store.subscribe(() => {
    const ids = store.pads.map(({ id }) => id)
    // Pads that came, went or changed places have other marks.
    if (shown.map === store.map && shown.ids === ids.join()) return
    shown = { map: store.map, ids: ids.join() }
    const marks = new Map(ids.map((id, index) => [id, mark(index)]))
    const { points, categories } = store.map
    map.examples = { points, marks: categories.map((id) => marks.get(id) ?? mark(0)) }
  })
}

function showPosition(store, map, here) {
  const { starling, frame } = store
  let paths = null
  let spoken = { label: -1, at: 0 }
  store.subscribe(() => {
    const id = store.model?.id
    const path = (output) => learnPath(id, output)
    paths = id ? { x: path('map-x'), y: path('map-y'), label: path('label'), certainty: path('certainty') } : null
  })
  frame.paint(() => {
    if (!paths) return map.moveTo(NaN, NaN, false)
    const { bus } = starling
    return map.moveTo(bus.value(paths.x), bus.value(paths.y), bus.value(paths.certainty) > 0)
  })
  frame.write((seconds) => {
    if (!paths || !starling.running) return setText(here, '')
    const label = starling.bus.value(paths.label)
    const name = store.pads[label]?.name
    setText(here, name ?? (store.model.drive === 'follow' ? 'live' : 'waiting for a sound'))
    if (label === spoken.label || seconds - spoken.at < wordsSeconds) return undefined
    spoken = { label, at: seconds }
    const certainty = percent(starling.bus.value(paths.certainty))
    map.words = name ? `Nearest: ${name}, ${certainty} certain` : 'Nothing recognised'
    return undefined
  })
}
