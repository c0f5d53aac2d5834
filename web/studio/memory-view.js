import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { holdable } from '/widgets/hold.js'
import { lanesFor } from './lanes.js'

const lastSeconds = 4
const still = matchMedia('(prefers-reduced-motion: reduce)')

/** The strip below: the button to hold, the last 30 seconds, and what can be kept of them. */
export function memoryView(root, store, teaching, togglePlaying) {
  const timeline = element('starling-timeline', { label: 'The last 30 seconds', on: {
    'timeline-select': ({ detail }) => {
      store.select(detail)
      // At once: the next key may come before the next animation frame.
      timeline.selection = store.selection
    },
    'timeline-keep': () => keepMoment(store, teaching),
  } })
  timeline.span = store.starling.memory.seconds
  timeline.moments = teaching.moments
  root.append(holdBox(store, teaching, togglePlaying), timeline, keepBox(store, teaching))
  let shown = ''
  store.subscribe(() => {
    const lanes = lanesFor(store)
    const key = lanes.map(({ key }) => key).join()
    if (key !== shown) timeline.lanes = lanes
    shown = key
    timeline.keepLabel = store.chosen ? `keep as ${store.chosen.name}` : 'add a pad first'
    timeline.selection = store.selection
  })
  paint(store, timeline)
}

function paint(store, timeline) {
  const { starling, frame } = store
  const draw = () => {
    if (!starling.running) return
    // Not the animation frame's own time: what is remembered goes on while a frame is late.
    const seconds = performance.now() / 1000
    timeline.paint(seconds)
    const { selection } = store
    if (selection && seconds - selection.to > timeline.span) store.select(null)
  }
  frame.paint(() => { if (!still.matches) draw() })
  frame.write(() => { if (still.matches) draw() })
}

/** Keeps the selected moment, or else the last seconds, as the chosen pad's. */
export async function keepMoment(store, teaching) {
  const now = performance.now() / 1000
  const moment = store.selection ?? { from: now - lastSeconds, to: now }
  store.select(null)
  await teaching.keep(moment)
}

function keepBox(store, teaching) {
  const label = element('span')
  const keep = button(label, () => keepMoment(store, teaching), { class: 'button' })
  keep.append(' ', element('kbd', { 'aria-hidden': 'true' }, 'K'))
  store.subscribe(() => {
    setText(label, store.selection ? 'Keep selection' : `Keep last ${lastSeconds} s`)
    keep.title = store.chosen ? `as ${store.chosen.name}` : ''
    keep.disabled = !store.chosen
  })
  const hint = element('span', { class: 'hint' }, 'always remembered. Drag over a moment you liked, then keep it.')
  return element('div', { class: 'keep-box' }, element('b', {}, 'The last 30 seconds'), hint, keep)
}

/** The big button teaches the chosen pad while it is held. */
function holdBox(store, teaching, togglePlaying) {
  const hold = element('button', { type: 'button', class: 'hold' }, 'hold')
  const withChosen = (act) => () => store.chosen && act(store.chosen.id)
  holdable(hold, {
    press: withChosen((id) => teaching.press(id)),
    letUp: () => teaching.letUp(),
    toggle: withChosen((id) => teaching.toggle(id)),
  })
  const what = element('b')
  store.subscribe(() => {
    const { chosen } = store
    setText(what, chosen ? `Teach ${chosen.name}` : 'Teach')
    hold.disabled = !chosen
    setAttribute(hold, 'aria-label', chosen ? `Hold to teach ${chosen.name}` : 'Hold to teach')
    setAttribute(hold, 'aria-pressed', teaching.isBusy)
  })
  const hint = element('span', { class: 'hint' }, 'hold ', element('kbd', {}, 'space'))
  return element(
    'div',
    { class: 'hold-box' },
    hold,
    element('div', {}, what, hint, playingButton(store, togglePlaying)),
  )
}

function playingButton(store, togglePlaying) {
  const state = element('b')
  const playing = button('Playing ', togglePlaying, { class: 'quiet' })
  playing.append(state, ' ', element('kbd', { 'aria-hidden': 'true' }, 'P'))
  store.subscribe(() => {
    setAttribute(playing, 'aria-pressed', store.starling.playing)
    setText(state, store.starling.playing ? 'on' : 'off')
  })
  return playing
}
