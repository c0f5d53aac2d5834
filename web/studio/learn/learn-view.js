import { element, setText } from '/widgets/dom.js'
import { gestureView } from './gesture-view.js'
import { mapView } from './map-view.js'
import { outputSwitch } from './output-switch.js'
import { tabs } from '../tabs.js'
import { teachPanel } from './teach-panel.js'

/** Learn: which output, where the input is, and beside it teaching, the examples, and how well it does. */
export function learnView(heading, root, store, { knobHands, checking, files }) {
  const total = () => [...store.counts.ofCategory.values()].reduce((a, b) => a + b, 0)
  const panels = [
    { name: 'teach', label: () => 'Teach', panel: teachPanel(store, knobHands) },
    { name: 'examples', label: () => `Examples ${total()}`, panel: later(store, 'examples', () => loadExamples(store, files)) },
    { name: 'check', label: () => 'Check', panel: later(store, 'check', () => loadCheck(store, checking)) },
  ]
  heading.append(outputSwitch(store), tabs(panels, store))
  const side = element(
    'div',
    { class: 'panel-side', role: 'group', 'aria-label': 'How learning goes', tabindex: '0' },
    ...panels.map(({ panel }) => panel),
  )
  const card = element('div', { class: 'card learn-card' }, whereView(store), side)
  root.append(card)
  store.subscribe(() => card.setAttribute('data-tab', store.tab))
}

const loadExamples = async (store, files) => (await import('./examples-panel.js')).examplesPanel(store, files)
const loadCheck = async (store, checking) => (await import('./check-panel.js')).checkPanel(store, checking)

/** A panel whose parts are loaded when it is shown first, and put there when they are filled: whoever opens the page to play need not wait for them. */
function later(store, name, load) {
  const panel = element('div')
  let isAsked = false
  store.subscribe(() => {
    if (isAsked || store.tab !== name) return
    isAsked = true
    store.attemptLater(async () => {
      const parts = await load()
      store.frame.settle(() => panel.append(parts))
    })
  })
  return panel
}

/** Where the input is now: on the map, or along the taught gestures. */
function whereView(store) {
  const title = element('span')
  const here = element('small')
  const map = mapView(store, here)
  const gestures = gestureView(store, here)
  store.subscribe(() => {
    const isGestures = store.task === 'gestures' && store.tab === 'teach'
    setText(title, isGestures ? 'How far am I?' : 'Where am I?')
    map.hidden = isGestures
    gestures.hidden = !isGestures
  })
  return element('div', { class: 'map-side' }, element('h3', {}, title, here), map, gestures)
}
