/**
 * `<starling-threshold>`: a meter with a line on it that says from where on a value counts.
 *
 *     <starling-threshold label="Certain now" line="Answers from"></starling-threshold>
 *     threshold.position = 0.74; threshold.text = '74 %'; threshold.value = 0.6
 *     threshold.addEventListener('threshold-input', ({ detail }) => set(detail.value, detail.turn))
 *
 * Attributes: `label`, the meter's name; `line`, the line's name for screen readers; `data-passed` and
 * `data-open` are shown where the value lies above the line, and where the line is at 0.
 * Properties: `position` 0…1, may change with every animation frame; `text`, the value in words; `color`; `value`,
 * where the line is, 0…1.
 * Events: `threshold-input` `{ value, turn }` with each move, `turn` counts drags and key presses that belong together;
 * `threshold-reset` on Delete or a double click.
 * Keys: arrows, with Shift finely; Page Up, Page Down, Home, End.
 */
import { element, setAttribute } from './dom.js'
import './meter.js'
import { valueAfterKey } from './slider-keys.js'
import { Widget } from './widget.js'

const step = 0.01

export class Threshold extends Widget {
  meter = element('starling-meter')
  #value = 0
  #turn = 0
  #wanted = null

  build() {
    this.setAttribute('role', 'group')
    this.handle = element('span', { class: 'line', role: 'slider', tabIndex: 0, 'aria-valuemin': 0, 'aria-valuemax': 100 })
    this.room = element('span', { class: 'room' }, this.handle)
    this.append(this.meter, element('span', { class: 'over' }, this.room))
    this.#listen()
  }

  get position() {
    return this.meter.position
  }

  set position(position) {
    this.meter.position = position
    const isPassed = this.meter.position >= this.#value
    if (isPassed !== this.hasAttribute('data-passed')) this.toggleAttribute('data-passed', isPassed)
  }

  set text(text) {
    this.meter.text = text
  }

  set color(color) {
    this.meter.color = color
  }

  get value() {
    return this.#value
  }

  set value(value) {
    if (value === this.#value) return
    this.#value = value
    this.changed()
  }

  update() {
    const label = this.getAttribute('label') ?? ''
    setAttribute(this, 'aria-label', label)
    setAttribute(this.meter, 'label', label)
    this.meter.changed()
    setAttribute(this.handle, 'aria-label', `${label}: ${this.getAttribute('line') ?? 'threshold'}`)
    setAttribute(this.handle, 'aria-valuenow', Math.round(100 * this.#value))
    setAttribute(this.handle, 'aria-valuetext', `${Math.round(100 * this.#value)} percent`)
    this.toggleAttribute('data-open', this.#value === 0)
    this.handle.style.left = `${(100 * this.#value).toFixed(1)}%`
  }

  #listen() {
    const { handle } = this
    handle.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      handle.focus()
      handle.setPointerCapture(event.pointerId)
      this.#turn += 1
    })
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return
      const { left, width } = this.room.getBoundingClientRect()
      this.#ask((event.clientX - left) / width)
    })
    handle.addEventListener('dblclick', () => this.request('threshold-reset'))
    handle.addEventListener('keydown', (event) => this.#key(event))
    handle.addEventListener('keyup', () => {
      this.#wanted = null
    })
  }

  #key(event) {
    if (event.key === 'Delete') return this.request('threshold-reset')
    const value = valueAfterKey(event, { value: this.#wanted ?? this.#value, step, minimum: 0, maximum: 1 })
    if (value === undefined) return undefined
    event.preventDefault()
    if (!event.repeat) this.#turn += 1
    return this.#ask(value)
  }

  #ask(value) {
    this.#wanted = Math.round(1000 * Math.min(1, Math.max(0, value))) / 1000
    this.request('threshold-input', { value: this.#wanted, turn: this.#turn })
  }
}

customElements.define('starling-threshold', Threshold)
