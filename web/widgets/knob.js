/**
 * `<starling-knob>`: a rotary control that shows where a parameter is and asks for another place.
 *
 *     <starling-knob label="Breath"></starling-knob>
 *     knob.position = 0.4; knob.text = '40 %'
 *     knob.addEventListener('knob-input', ({ detail }) => set(detail.position))
 *
 * Attributes: `label`, its name for people; `data-hand` marks it as held by the player, `data-driven` as moved by
 * a model.
 * Properties: `position` 0…1, may change with every animation frame; `text`, the value in words; `range`
 * `{ minimum, maximum, value }` for screen readers, in the parameter's unit; `defaultPosition`; `step`, the
 * smallest useful move.
 * Events: `knob-input` `{ position }` while moving; `knob-change` `{ position }` when the move ends.
 * Hand: drag up and down, wheel when focused, double click for the default, Shift for fine moves.
 * Keys: arrows, Page Up, Page Down, Home, End, Delete for the default.
 */
import { drawing, element, setAttribute, setText } from './dom.js'
import { Widget } from './widget.js'

const pixelsPerTurn = 220
const wheelRestMilliseconds = 300
const within = (position) => Math.min(1, Math.max(0, position))
const arc = 'M16.6 53.4A26 26 0 1 1 53.4 53.4'

export class Knob extends Widget {
  defaultPosition = 0
  step = 0.01
  range = { minimum: 0, maximum: 1, value: 0 }
  #position = 0
  #shown = -1
  #text = ''
  #drag = null
  #wheelTimer = 0
  #wanted = null

  build() {
    this.setAttribute('role', 'slider')
    this.setAttribute('tabindex', '0')
    this.setAttribute('aria-orientation', 'vertical')
    this.fill = drawing('path', { d: arc, class: 'fill', pathLength: 100 })
    this.value = element('span', { class: 'value' })
    this.label = element('span', { class: 'label' })
    const dial = drawing(
      'svg',
      { viewBox: '4 4 62 58', 'aria-hidden': 'true' },
      drawing('path', { d: arc, class: 'track' }),
      this.fill,
    )
    this.append(element('span', { class: 'dial' }, dial, this.value), this.label)
    this.#listen()
  }

  get position() {
    return this.#position
  }

  set position(position) {
    this.#position = position
    if (this.fill && Math.abs(position - this.#shown) > 0.002) this.#turn()
  }

  set text(text) {
    if (text === this.#text) return
    this.#text = text
    this.changed()
  }

  update() {
    const label = this.getAttribute('label') ?? ''
    setText(this.label, label)
    setText(this.value, this.#text)
    setAttribute(this, 'aria-label', label)
    setAttribute(this, 'aria-valuemin', this.range.minimum)
    setAttribute(this, 'aria-valuemax', this.range.maximum)
    // A model may move the knob many times a second; a reader on it hears only the player's own moves.
    if (document.activeElement !== this || this.#wanted !== null || !this.hasAttribute('aria-valuenow')) {
      setAttribute(this, 'aria-valuenow', this.range.value)
      setAttribute(this, 'aria-valuetext', this.#text)
    }
    this.#turn()
  }

  #turn() {
    this.#shown = this.#position
    this.fill.style.strokeDashoffset = (100 - 100 * this.#position).toFixed(1)
  }

  #listen() {
    this.addEventListener('pointerdown', (event) => this.#grab(event))
    this.addEventListener('pointermove', (event) => this.#pull(event))
    this.addEventListener('lostpointercapture', () => this.#letGo())
    this.addEventListener('dblclick', () => this.#jump(this.defaultPosition))
    this.addEventListener('keydown', (event) => this.#key(event))
    this.addEventListener('keyup', () => this.#finish())
    this.addEventListener('blur', () => this.#finish())
    this.addEventListener('wheel', (event) => this.#wheel(event), { passive: false })
  }

  #grab(event) {
    if (event.button !== 0) return
    this.setPointerCapture(event.pointerId)
    this.#drag = { y: event.clientY, position: this.#position }
  }

  #pull(event) {
    if (!this.#drag) return
    const distance = (this.#drag.y - event.clientY) / (event.shiftKey ? 10 * pixelsPerTurn : pixelsPerTurn)
    if (distance === 0) return
    this.#drag = { y: event.clientY, position: within(this.#drag.position + distance) }
    this.#ask(this.#drag.position)
  }

  #letGo() {
    this.#drag = null
    this.#finish()
  }

  #jump(position) {
    this.#ask(position)
    this.#finish()
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.shiftKey ? this.step / 10 : this.step
    const here = this.#wanted ?? this.#position
    const place = {
      ArrowUp: here + step, ArrowRight: here + step, ArrowDown: here - step, ArrowLeft: here - step,
      PageUp: here + 10 * this.step, PageDown: here - 10 * this.step,
      Home: 0, End: 1, Delete: this.defaultPosition,
    }[event.key]
    if (place === undefined) return
    event.preventDefault()
    this.#ask(place)
  }

  #wheel(event) {
    if (document.activeElement !== this) return
    event.preventDefault()
    const step = event.shiftKey ? this.step / 10 : this.step
    this.#ask((this.#wanted ?? this.#position) - Math.sign(event.deltaY || event.deltaX) * step)
    clearTimeout(this.#wheelTimer)
    this.#wheelTimer = setTimeout(() => this.#finish(), wheelRestMilliseconds)
  }

  #ask(position) {
    this.#wanted = within(position)
    this.request('knob-input', { position: this.#wanted })
  }

  #finish() {
    if (this.#wanted === null) return
    const position = this.#wanted
    this.#wanted = null
    this.request('knob-change', { position })
  }
}

customElements.define('starling-knob', Knob)
