/**
 * `<starling-trim>`: a take's sound and curves, with two lines between which it counts.
 *
 *     <starling-trim label="Take 3"></starling-trim>
 *     trim.take = { seconds: 1.2, sound: Float32Array, curves: [{ label: 'Pitch', values: Float32Array }] }
 *     trim.part = { from: 0.1, to: 1 }
 *     trim.addEventListener('trim-change', ({ detail }) => keep(detail))
 *
 * Attributes: `label`, the take's name for people.
 * Properties: `take`, whose curve values are positions 0…1 over the whole length; `part` `{ from, to }` in seconds;
 * `playhead` in seconds, or null.
 * Events: `trim-input` `{ from, to }` while moving, `trim-change` `{ from, to }` when a move ends.
 * Hand: drag a line. Keys on a line: arrows 0.01 s, with Shift 0.001 s; Page Up, Page Down 0.1 s; Home, End.
 */
import { CanvasWidget } from './canvas-widget.js'
import { element, setAttribute, setText } from './dom.js'
import { valueAfterKey } from './slider-keys.js'
import { drawTake } from './trim-picture.js'

const step = 0.01
/** Less than this would be no take any more. */
const shortest = 0.02

export class Trim extends CanvasWidget {
  #take = { seconds: 1, sound: null, curves: [] }
  #part = { from: 0, to: 1 }
  #wanted = null

  build() {
    super.build()
    this.setAttribute('role', 'group')
    this.shades = { from: element('span', { class: 'shade' }), to: element('span', { class: 'shade' }) }
    this.head = element('span', { class: 'head', hidden: true })
    this.lines = { from: this.#line('from', 'begins at'), to: this.#line('to', 'ends at') }
    this.legend = element('div', { class: 'legend', 'aria-hidden': 'true' })
    this.append(this.shades.from, this.shades.to, this.legend, this.head, this.lines.from, this.lines.to)
  }

  set take(take) {
    this.#take = take
    this.changed()
    this.resized()
  }

  get part() {
    return this.#part
  }

  set part(part) {
    this.#part = part
    this.changed()
  }

  set playhead(seconds) {
    this.head.hidden = seconds === null
    if (seconds !== null) this.head.style.left = this.#place(seconds)
  }

  update() {
    const { seconds, curves } = this.#take
    const label = this.getAttribute('label') ?? 'Take'
    setAttribute(this, 'aria-label', `Sound and curves of ${label}`)
    for (const end of ['from', 'to']) {
      const line = this.lines[end]
      line.style.left = this.#place(this.#part[end])
      setAttribute(line, 'aria-label', `${label} ${line.dataset.words}`)
      setAttribute(line, 'aria-valuemax', seconds)
      setAttribute(line, 'aria-valuenow', this.#part[end].toFixed(3))
      setAttribute(line, 'aria-valuetext', `${this.#part[end].toFixed(2)} seconds`)
    }
    this.shades.from.style.width = this.#place(this.#part.from)
    this.shades.to.style.left = this.#place(this.#part.to)
    setText(this.legend, curves.map((curve) => curve.label).join(' · '))
  }

  resized() {
    if (this.width > 1) drawTake(this.context, this.#take, this)
  }

  #place(seconds) {
    return `${((100 * seconds) / Math.max(0.001, this.#take.seconds)).toFixed(2)}%`
  }

  #line(end, words) {
    const line = element('span', { class: `line ${end}`, role: 'slider', tabIndex: 0, 'aria-valuemin': 0 })
    line.dataset.words = words
    line.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      line.focus()
      line.setPointerCapture(event.pointerId)
    })
    line.addEventListener('pointermove', (event) => {
      if (!line.hasPointerCapture(event.pointerId)) return
      const { left, width } = this.getBoundingClientRect()
      this.#ask(end, ((event.clientX - left) / width) * this.#take.seconds)
    })
    for (const type of ['lostpointercapture', 'keyup', 'blur']) line.addEventListener(type, () => this.#finish())
    line.addEventListener('keydown', (event) => this.#key(end, event))
    return line
  }

  #key(end, event) {
    const value = this.#wanted?.[end] ?? this.#part[end]
    const asked = valueAfterKey(event, { value, step, minimum: 0, maximum: this.#take.seconds })
    if (asked === undefined) return
    event.preventDefault()
    this.#ask(end, asked)
  }

  #ask(end, seconds) {
    const { from, to } = this.#part
    const value = end === 'from'
      ? Math.max(0, Math.min(seconds, to - shortest))
      : Math.min(this.#take.seconds, Math.max(seconds, from + shortest))
    this.#wanted = { ...this.#part, [end]: Math.abs(value - this.#take.seconds) < 1e-4 ? this.#take.seconds : value }
    this.request('trim-input', this.#wanted)
  }

  #finish() {
    if (!this.#wanted) return
    const part = this.#wanted
    this.#wanted = null
    this.request('trim-change', part)
  }
}

customElements.define('starling-trim', Trim)
