/**
 * `<starling-gesture>`: the curves a gesture was taught with, and how far the player is in it.
 *
 *     <starling-gesture label="Wave"></starling-gesture>
 *     gesture.lanes = [{ label: 'Pitch', curves: [Float32Array, …] }]   // a curve a performance, positions 0…1
 *     gesture.moveTo(phase, certainty)                                  // once an animation frame
 *
 * Attributes: `label`, the gesture's name; `data-recognised`, just recognised.
 * Properties: `lanes`; `mark` `{ color, shape }`; `text`, how far and how certain, at most some times a second.
 */
import { CanvasWidget } from './canvas-widget.js'
import { drawing, element, setAttribute, setText } from './dom.js'
import { markPath } from './marks.js'
import { traceCurve } from './trim-picture.js'

/** Less certain than this, the marker is only hinted at; without any certainty there is none. */
const faint = 0.15

export class Gesture extends CanvasWidget {
  mark = { color: '#fff', shape: 'disc' }
  #lanes = []
  #layer = document.createElement('canvas')

  build() {
    super.build()
    this.setAttribute('role', 'group')
    this.shape = drawing('path')
    this.name = element('b')
    this.value = element('span', { class: 'value' })
    this.legend = element('div', { class: 'legend', 'aria-hidden': 'true' })
    const mark = drawing('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, this.shape)
    const title = element('div', { class: 'title' }, mark, this.name, this.value)
    this.append(title, element('div', { class: 'curves' }, this.canvas, this.legend))
  }

  set lanes(lanes) {
    this.#lanes = lanes
    this.changed()
    this.resized()
  }

  set text(text) {
    if (this.value) setText(this.value, text)
  }

  update() {
    const label = this.getAttribute('label') ?? ''
    setAttribute(this, 'aria-label', `Curves of ${label}`)
    setText(this.name, label)
    setAttribute(this.shape, 'd', markPath(this.mark.shape))
    this.shape.style.fill = this.mark.color
    this.legend.replaceChildren(...this.#lanes.map((lane) => element('span', {}, lane.label)))
  }

  moveTo(phase, certainty) {
    const { context, width, height } = this
    context.clearRect(0, 0, width, height)
    if (width < 2) return
    context.drawImage(this.#layer, 0, 0, width, height)
    if (!(certainty > 0) || !Number.isFinite(phase) || this.#lanes.length === 0) return
    const x = Math.min(1, Math.max(0, phase)) * width
    context.globalAlpha = certainty > faint ? 1 : 0.3
    context.fillStyle = `${this.mark.color}2a`
    context.fillRect(0, 0, x, height)
    context.fillStyle = '#fff'
    context.fillRect(x - 1, 0, 2, height)
    context.beginPath()
    context.arc(x, height / 2, 6, 0, 2 * Math.PI)
    context.fill()
    context.globalAlpha = 1
  }

  resized() {
    const layer = this.#layer
    layer.width = Math.max(1, Math.round(this.width * this.density))
    layer.height = Math.max(1, Math.round(this.height * this.density))
    const context = layer.getContext('2d')
    context.scale(this.density, this.density)
    context.strokeStyle = this.mark.color
    context.lineWidth = 1.4
    const height = this.height / Math.max(1, this.#lanes.length)
    this.#lanes.forEach(({ curves }, lane) => {
      context.globalAlpha = Math.max(0.25, 0.9 / Math.sqrt(curves.length))
      for (const curve of curves) {
        traceCurve(context, curve, { left: 0, top: lane * height + 4, width: this.width, height: height - 8 })
        context.stroke()
      }
    })
  }
}

customElements.define('starling-gesture', Gesture)
