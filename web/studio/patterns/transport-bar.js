import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { numberField } from '../number-field.js'

const path = (name) => `/play/transport/${name}`
/** Taps further apart begin anew. */
const longestTap = 2

/** Starts and stops the beat; tempo, by number or by tapping, swing, beats a bar, and where in the bar the music is;
 * a MIDI clock can lead it. */
export function transportBar(store) {
  const { starling, frame } = store
  const set = (name, value) => store.attempt(() => starling.bus.set(path(name), value))
  const placed = (name) => store.document.parameters?.[`transport/${name}`]?.value ?? slot(name).default
  const slot = (name) => starling.slots.find((each) => each.path === path(name))
  const isRunning = () => placed('running') >= 0.5
  const run = button('', () => set('running', isRunning() ? 0 : 1), { class: 'button launch' })
  const field = (name, step) => {
    const { label, minimum, maximum, help } = slot(name)
    const node = numberField({ label, minimum, maximum, step }, (value) => set(name, value))
    node.title = help
    return node
  }
  const fields = { tempo: field('tempo', 'any'), swing: field('swing', 1), beats: field('beats', 1) }
  fields.tempo.classList.add('tempo')
  const tap = button('Tap', tapping((tempo) => set('tempo', tempo)), { class: 'quiet', title: 'Press in time, and the tempo follows' })
  const follow = element('input', { type: 'checkbox', on: { change: () => {
    const isWanted = follow.checked
    follow.checked = !isWanted
    store.attemptLater(async () => {
      const controls = await starling.controls()
      if (isWanted) await controls.openMidi()
      controls.followsClock = isWanted
    })
  } } })
  const isFollowing = () => Object.values(store.document.controls ?? {}).some(({ message }) => message === 'clock')
  const position = element('span', { class: 'position', title: 'The bar and the beat' })
  const lamps = element('span', { class: 'lamps', 'aria-hidden': 'true' })
  frame.write(() => {
    const isHeard = isRunning() && starling.running
    const beat = isHeard ? Math.floor(starling.bus.value(path('beat'))) : -1
    setText(position, isHeard ? `${starling.bus.value(path('bar')) + 1}.${beat + 1}` : '')
    if (isFollowing() && starling.running) fields.tempo.show(Math.round(starling.bus.value(path('tempo'))))
    while (lamps.children.length < placed('beats')) lamps.append(element('i'))
    while (lamps.children.length > placed('beats')) lamps.lastChild.remove()
    for (const [index, lamp] of [...lamps.children].entries()) lamp.toggleAttribute('data-now', index === beat)
  })
  store.subscribe(() => {
    setText(run, isRunning() ? '■ Stop' : '▶ Start')
    setAttribute(run, 'aria-label', isRunning() ? 'Stop the beat' : 'Start the beat')
    for (const [name, node] of Object.entries(fields)) node.show(placed(name))
    follow.checked = fields.tempo.disabled = tap.disabled = isFollowing()
  })
  return element('div', { class: 'card transport', role: 'group', 'aria-label': 'Transport' },
    element('div', { class: 'row' }, run, lamps, position),
    element('div', { class: 'row' }, element('label', {}, 'Tempo', fields.tempo), tap,
      element('label', {}, 'Swing', fields.swing), element('label', {}, 'Beats', fields.beats),
      element('label', { class: 'check', title: 'Tempo, start and stop come from another program or device' }, follow, 'Follow MIDI clock')))
}

/** Calls with a tempo from the second tap on: the mean of the last taps. */
function tapping(tell) {
  let times = []
  return () => {
    const now = performance.now() / 1000
    if (now - times.at(-1) > longestTap) times = []
    times = [...times.slice(-4), now]
    if (times.length > 1) {
      const seconds = (now - times[0]) / (times.length - 1)
      tell(Math.round(Math.min(240, Math.max(40, 60 / seconds))))
    }
  }
}
