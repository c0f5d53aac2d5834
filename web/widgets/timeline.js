/**
 * `<starling-timeline>`: the last seconds of sound and of some slots, out of which a moment can be kept.
 *
 *     <starling-timeline label="The last 30 seconds"></starling-timeline>
 *     timeline.lanes = [{ label: 'Sound', color: '#5cc8ff', fill, signed: true }]
 *     timeline.paint(seconds)   // once an animation frame
 *
 * Attributes: `label`, its name for people.
 * Properties: `lanes`, from top to bottom: `fill(min, max, from, to, count)` writes the lowest and highest position
 * of `count` columns between `from` and `to` seconds ago; `span`, how many seconds are shown; `selection`
 * `{ from, to }` or null, and `moments`, marked stretches `[{ from, to, color }]`, both in seconds of the clock
 * given to `paint`; `keepLabel`, the words on the button that keeps the selection.
 * Events: `timeline-select` `{ from, to }` (or null) while dragging; `timeline-keep`.
 * Keys: arrows move the selection, Shift+arrows resize it, Enter keeps it, Escape drops it.
 */
import { CanvasWidget } from './canvas-widget.js'
import { element, setAttribute, setText } from './dom.js'
import { Strip } from './strip.js'
import { selectionAfterKey, selectionBetween, selectionWords } from './timeline-selection.js'

export class Timeline extends CanvasWidget {
  span = 30
  moments = []
  keepLabel = 'keep'
  #lanes = []
  #selection = null
  #strip = new Strip()
  #anchor = null
  #now = 0

  build() {
    super.build()
    this.surface = element(
      'div',
      { class: 'surface', role: 'slider', tabIndex: 0, 'aria-valuemin': -this.span, 'aria-valuemax': 0 },
    )
    this.keeper = element(
      'button',
      { type: 'button', class: 'keep', on: { click: () => this.request('timeline-keep') } },
    )
    this.frame = element('div', { class: 'selection', hidden: true }, this.keeper)
    this.legend = element('div', { class: 'legend', 'aria-hidden': 'true' })
    this.append(this.surface, this.frame, this.legend)
    this.#listen()
  }

  set lanes(lanes) {
    this.#lanes = lanes
    this.#strip.lanes = lanes
    this.changed()
  }

  set selection(selection) {
    this.#selection = selection
    this.changed()
  }

  update() {
    const ago = this.#ago()
    const words = selectionWords(ago)
    setAttribute(this.surface, 'aria-label', this.getAttribute('label') ?? 'Timeline')
    setAttribute(this.surface, 'aria-valuenow', ago ? Math.round(-ago.to) : 0)
    setAttribute(this.surface, 'aria-valuetext', this.#selection ? `${words}. Enter: ${this.keepLabel}` : words)
    setText(this.keeper, this.keepLabel)
    this.#place()
    this.#label()
  }

  resized() {
    this.#strip.resize(this.width, this.height, this.density)
  }

  /** Draws everything up to now, in seconds of any steady clock. */
  paint(now) {
    const { context, width, height } = this
    this.#now = now
    if (width < 2) return
    context.clearRect(0, 0, width, height)
    this.#strip.advance(now, this.span)
    this.#drawMoments(now)
    this.#strip.copyTo(context, now, this.span)
    if (this.#selection) this.#place()
  }

  #drawMoments(now) {
    const { context, width, height } = this
    context.globalAlpha = 0.16
    for (const { from, to, color } of this.moments) {
      const left = width * (1 - (now - from) / this.span)
      const right = width * (1 - (now - Math.min(to, now)) / this.span)
      if (right < 0) continue
      context.fillStyle = color
      context.fillRect(left, 0, Math.max(1, right - left), height)
    }
    context.globalAlpha = 1
  }

  #place() {
    this.frame.hidden = !this.#selection
    if (!this.#selection) return
    const { from, to } = this.#ago()
    this.frame.style.left = `${(100 * (1 - from / this.span)).toFixed(2)}%`
    this.frame.style.width = `${((100 * (from - to)) / this.span).toFixed(2)}%`
    this.frame.classList.toggle('at-end', from < this.span / 5)
  }

  #label() {
    if (this.legend.childElementCount === this.#lanes.length) {
      this.#lanes.forEach((lane, index) => setText(this.legend.children[index], lane.label))
      return
    }
    this.legend.replaceChildren(...this.#lanes.map((lane) => element('span', {}, lane.label)))
  }

  #listen() {
    const surface = this.surface
    surface.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      surface.setPointerCapture(event.pointerId)
      this.#anchor = this.#now - this.#secondsAgo(event)
    })
    surface.addEventListener('pointermove', (event) => {
      const drawn = this.#drawn(event)
      if (drawn) this.#select(drawn)
    })
    surface.addEventListener('pointerup', (event) => {
      if (this.#anchor !== null && !this.#drawn(event)) this.#select(null)
    })
    surface.addEventListener('lostpointercapture', () => {
      this.#anchor = null
    })
    surface.addEventListener('keydown', (event) => this.#key(event))
  }

  /** What the pointer has drawn since it went down; null where that is too little to be meant. */
  #drawn(event) {
    return this.#anchor === null ? null : selectionBetween(this.#now - this.#anchor, this.#secondsAgo(event))
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' && this.#selection) {
      event.preventDefault()
      this.request('timeline-keep')
      return
    }
    const next = selectionAfterKey(this.#ago(), event, this.span)
    if (next === undefined) return
    event.preventDefault()
    this.#select(next)
  }

  /** The selection in seconds ago. */
  #ago() {
    return this.#selection && { from: this.#now - this.#selection.from, to: this.#now - this.#selection.to }
  }

  #select(ago) {
    this.request('timeline-select', ago && { from: this.#now - ago.from, to: this.#now - ago.to })
  }

  #secondsAgo(event) {
    const box = this.surface.getBoundingClientRect()
    const part = (event.clientX - box.left) / box.width
    return this.span * (1 - Math.min(1, Math.max(0, part)))
  }
}

customElements.define('starling-timeline', Timeline)
