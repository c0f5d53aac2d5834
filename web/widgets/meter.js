/**
 * `<starling-meter>`: a labelled bar for a value between its least and its most.
 *
 *     <starling-meter label="Loudness"></starling-meter>
 *     meter.position = 0.62; meter.text = '−18 dB'
 *
 * Attributes: `label`, its name for people. `bare` shows the bar alone.
 * Properties: `position` 0…1, may change with every animation frame; `text`, the value in words, at most some
 * times a second; `color`, any CSS colour.
 */
import { element, setAttribute, setText } from './dom.js'
import { Widget } from './widget.js'

export class Meter extends Widget {
  #position = 0
  #shown = -1
  #text = ''

  build() {
    this.setAttribute('role', 'meter')
    this.setAttribute('aria-valuemin', '0')
    this.setAttribute('aria-valuemax', '100')
    this.fill = element('i')
    this.label = element('span', { class: 'label' })
    this.value = element('span', { class: 'value' })
    this.append(this.label, element('span', { class: 'bar' }, this.fill), this.value)
  }

  get position() {
    return this.#position
  }

  set position(position) {
    this.#position = Number.isFinite(position) ? Math.min(1, Math.max(0, position)) : 0
    if (this.fill && Math.abs(this.#position - this.#shown) > 0.002) this.#move()
  }

  set text(text) {
    if (text === this.#text) return
    this.#text = text
    this.changed()
  }

  set color(color) {
    this.style.setProperty('--meter', color)
  }

  update() {
    const label = this.getAttribute('label') ?? ''
    setText(this.label, label)
    setText(this.value, this.#text)
    setAttribute(this, 'aria-label', label)
    setAttribute(this, 'aria-valuenow', Math.round(100 * this.#position))
    setAttribute(this, 'aria-valuetext', this.#text || null)
    this.#move()
  }

  #move() {
    this.#shown = this.#position
    this.fill.style.transform = `scaleX(${this.#position.toFixed(3)})`
  }
}

customElements.define('starling-meter', Meter)
