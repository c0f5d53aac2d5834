/**
 * `<starling-mapping>`: how a source moves a destination, as a picture with its four ends to move, and where it is now.
 *
 *     <starling-mapping label="Loudness to Breath"></starling-mapping>
 *     mapping.show({ ends: { from: 0.4, to: 0.9, low: 0, high: 1 }, words: { from: '−60 dB', … }, shape: Float32Array.of(0, …, 1) })
 *     mapping.addEventListener('mapping-input', ({ detail }) => set(detail.end, detail.position, detail.turn))
 *
 * Attributes: `label`, its name for people.
 * Methods: `show({ ends, words, shape })`, positions 0…1 of the ends, their values in words, and where the destination is for
 * positions of the source, evenly; `moveTo(x, y)`, where source and destination are now, once an animation frame.
 * Events: `mapping-input` `{ end, position, turn }` with each move; `turn` counts drags and key presses that belong together.
 * Keys on an end: arrows, with Shift finely; Page Up, Page Down, Home, End.
 */
import { drawing, element, setAttribute, setText } from './dom.js'
import { Asked, valueAfterKey } from './slider-keys.js'
import { Widget } from './widget.js'

const step = 0.01
const names = { from: 'begins at', to: 'ends at', low: 'starts from', high: 'goes to' }

export class Mapping extends Widget {
  #shown = { ends: { from: 0, to: 1, low: 0, high: 1 }, words: {}, shape: [] }
  #turn = 0

  build() {
    this.setAttribute('role', 'group')
    this.path = drawing('path', { class: 'way', 'vector-effect': 'non-scaling-stroke' })
    this.here = element('span', { class: 'here' })
    this.handles = Object.fromEntries(Object.keys(names).map((end) => [end, this.#handle(end)]))
    const { from, to, low, high } = this.handles
    const picture = drawing('svg', { viewBox: '0 0 100 100', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, this.path)
    this.facts = element('span', { class: 'facts', 'aria-hidden': 'true' })
    this.append(
      element('span', { class: 'rise' }, low, high), element('span', { class: 'plot' }, picture, this.here),
      element('span', { class: 'run' }, from, to), this.facts,
    )
  }

  show(shown) {
    this.#shown = shown
    this.changed()
  }

  moveTo(x, y) {
    const isKnown = Number.isFinite(x) && Number.isFinite(y)
    if (isKnown === this.here.hidden) this.here.hidden = !isKnown
    if (!isKnown) return
    this.here.style.left = `${(100 * x).toFixed(1)}%`
    this.here.style.bottom = `${(100 * y).toFixed(1)}%`
  }

  update() {
    const { ends, words, shape } = this.#shown
    const label = this.getAttribute('label') ?? 'Mapping'
    setAttribute(this, 'aria-label', label)
    for (const [end, handle] of Object.entries(this.handles)) {
      const percent = Math.round(100 * ends[end])
      handle.style[isAcross(end) ? 'left' : 'bottom'] = `${(100 * ends[end]).toFixed(1)}%`
      setAttribute(handle, 'aria-label', `${label}: ${names[end]}`)
      setAttribute(handle, 'aria-valuenow', percent)
      setAttribute(handle, 'aria-valuetext', words[end] ?? `${percent} percent`)
    }
    const last = Math.max(1, shape.length - 1)
    const places = Array.from(shape, (y, index) => `${((100 * index) / last).toFixed(1)} ${(100 - 100 * y).toFixed(1)}`)
    setAttribute(this.path, 'd', places.length > 0 ? `M${places.join('L')}` : null)
    setText(this.facts, places.length > 0 ? `${words.from} … ${words.to} → ${words.low} … ${words.high}` : '')
  }

  #handle(end) {
    const orientation = isAcross(end) ? 'horizontal' : 'vertical'
    const handle = element('span', {
      class: `end ${end}`, role: 'slider', tabIndex: 0, 'aria-orientation': orientation, 'aria-valuemin': 0, 'aria-valuemax': 100,
    })
    handle.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      handle.focus()
      handle.setPointerCapture(event.pointerId)
      this.#turn += 1
    })
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return
      const { left, bottom, width, height } = handle.parentElement.getBoundingClientRect()
      this.#ask(end, isAcross(end) ? (event.clientX - left) / width : (bottom - event.clientY) / height)
    })
    handle.asked = new Asked()
    handle.addEventListener('keydown', (event) => this.#key(end, event))
    return handle
  }

  #key(end, event) {
    const position = valueAfterKey(event, { value: this.handles[end].asked.or(this.#shown.ends[end]), step, minimum: 0, maximum: 1 })
    if (position === undefined) return
    event.preventDefault()
    if (!event.repeat) this.#turn += 1
    this.#ask(end, position)
  }

  #ask(end, position) {
    const asked = this.handles[end].asked.note(Math.round(1000 * Math.min(1, Math.max(0, position))) / 1000)
    this.request('mapping-input', { end, position: asked, turn: this.#turn })
  }
}

const isAcross = (end) => end === 'from' || end === 'to'

customElements.define('starling-mapping', Mapping)
