import '/widgets/trim.js'
import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { curvesOf } from './curves.js'
import { openNumbers } from './numbers-dialog.js'
import { padSelect } from './pad-select.js'
import { labelTakes, moveTakes, muteTakes, renameTake, trimTake, unlabelTake } from './take-commands.js'

const drawnCurves = 3

/** An opened take: its sound and curves with the lines that trim it, and what can be done with it. */
export function takeEditor(store, { hearing, data }, id, remove) {
  let take = null
  let wasHeard = false
  let drawn = ''
  const trim = element('starling-trim', { on: {
    'trim-input': ({ detail }) => showPart(detail),
    'trim-change': ({ detail }) => store.run(trimTake, take, detail),
  } })
  const part = element('span', { class: 'hint' })
  const rename = () => store.run(renameTake, take, name.value.trim())
  const name = element('input', { class: 'text-field', maxLength: 60, 'aria-label': 'Name of this take', on: { change: rename } })
  const hear = button('', () => hearing.toggle(id), { class: 'quiet edge' })
  const whole = button('Whole', () => store.run(trimTake, take, { from: 0, to: take.seconds }), { class: 'quiet edge' })
  const mute = button('', () => store.run(muteTakes, [take], !take.muted), { class: 'quiet edge' })
  const move = padSelect(store, 'Move to', 'own', (pad) => store.run(moveTakes, [take], pad))
  const also = padSelect(store, 'Also for', 'others', (pad) => store.run(labelTakes, [take], pad))
  const off = button('Not here', () => store.run(unlabelTake, take.label), { class: 'quiet edge' })
  const numbers = button('Numbers', () => openNumbers(store, take, data), { class: 'quiet edge' })
  const erase = button('Delete', remove, { class: 'quiet edge' })
  const node = element('div', { class: 'take-editor' }, trim,
    element('div', { class: 'row' }, name, part),
    element('div', { class: 'row' }, hear, whole, mute, move, also, numbers, off, erase))

  function showPart({ from, to }) {
    trim.part = { from, to }
    setText(part, `${from.toFixed(2)} to ${to.toFixed(2)} of ${take.seconds.toFixed(2)} s`)
  }

  node.show = (shown) => {
    if (shown !== take) {
      take = shown
      setAttribute(trim, 'label', take.title)
      showPart({ from: take.from ?? 0, to: take.to ?? take.seconds })
    }
    if (document.activeElement !== name) name.value = take.name ?? ''
    name.placeholder = take.title
    hear.hidden = !take.sound
    setText(hear, hearing.isOn(id) ? 'Stop' : 'Hear')
    whole.hidden = take.from === undefined && take.to === undefined
    setText(mute, take.muted ? 'Use again' : 'Mute')
    off.hidden = !take.label
    move.show()
    also.show()
    draw()
  }

  /** Reads what is to be drawn, once for a take and its features. */
  function draw() {
    const key = [take.rows, take.sound, store.model.inputs].join()
    if (key === drawn) return
    drawn = key
    store.attemptLater(async () => {
      const whole = { id, from: 0, to: take.seconds }
      const [sound, lanes] = await Promise.all([data.sound(take), curvesOf(store, [whole], drawnCurves)])
      const curves = lanes.map(({ label, curves: [values] }) => ({ label, values }))
      trim.take = { seconds: take.seconds, sound, curves }
    })
  }

  /** Shows where the take is being heard, once an animation frame. */
  node.paint = () => {
    const isHeard = hearing.isOn(id)
    if (isHeard || wasHeard) trim.playhead = isHeard ? Math.min(hearing.seconds, take.to ?? take.seconds) : null
    wasHeard = isHeard
  }
  return node
}
