/**
 * `<starling-map>`: all examples as points, and where the input is now.
 *
 *     <starling-map label="Where am I?"></starling-map>
 *     map.examples = { points: Float32Array.of(x, y, …), marks: [mark, …] }
 *     map.moveTo(x, y)
 *
 * Attributes: `label`, its name for people.
 * Properties: `examples`, positions in any scale and the mark of each, and perhaps `isPicked(index)`, which are shown
 * before all others; `words`, what is seen as one sentence, kept for screen readers.
 * Events: `map-pick` `{ index }` when a point is clicked.
 * Methods: `moveTo(x, y, isHeard)` shows the input's position with its trail, once an animation frame.
 */
import { CanvasWidget } from './canvas-widget.js'
import { element, setText } from './dom.js'
import { traceMark } from './marks.js'
import { MapView } from './map-view.js'

const trailLength = 48
/** A click picks the nearest point within so many pixels. */
const reach = 22
const still = matchMedia('(prefers-reduced-motion: reduce)')

export class ExampleMap extends CanvasWidget {
  #examples = { points: new Float32Array(0), marks: [], isPicked: null }
  #view = new MapView()
  #layer = document.createElement('canvas')
  #trail = new Float32Array(2 * trailLength)
  #trailCount = 0
  #words = ''

  build() {
    super.build()
    this.setAttribute('role', 'group')
    this.setAttribute('aria-label', this.getAttribute('label') ?? 'Map')
    this.status = element('p', { class: 'unseen', role: 'status' })
    this.append(this.status)
    this.addEventListener('click', (event) => this.#pick(event))
  }

  set examples(examples) {
    this.#examples = examples
    this.#view.fit(examples.points)
    this.#drawExamples()
  }

  set words(words) {
    this.#words = words
    this.changed()
  }

  update() {
    setText(this.status, this.#words)
  }

  resized() {
    this.#drawExamples()
  }

  moveTo(x, y, isHeard) {
    const { context, width, height } = this
    context.clearRect(0, 0, width, height)
    if (width > 0 && height > 0) context.drawImage(this.#layer, 0, 0, width, height)
    if (!Number.isFinite(x) || !Number.isFinite(y) || this.#examples.points.length === 0) return
    this.#remember(this.#view.x(x, width), this.#view.y(y, height))
    if (isHeard && !still.matches) this.#drawTrail()
    this.#drawHere(isHeard)
    // What lies between two sounds is no way that anybody went.
    if (!isHeard) this.#trailCount = 0
  }

  #pick({ offsetX, offsetY }) {
    const { points } = this.#examples
    let nearest = -1
    let least = reach * reach
    for (let i = 0; 2 * i < points.length; i += 1) {
      const across = this.#view.x(points[2 * i], this.width) - offsetX
      const up = this.#view.y(points[2 * i + 1], this.height) - offsetY
      if (across * across + up * up >= least) continue
      least = across * across + up * up
      nearest = i
    }
    if (nearest >= 0) this.request('map-pick', { index: nearest })
  }

  #remember(x, y) {
    this.#trail.copyWithin(2, 0, 2 * trailLength - 2)
    this.#trail[0] = x
    this.#trail[1] = y
    this.#trailCount = Math.min(trailLength, this.#trailCount + 1)
  }

  #drawTrail() {
    const { context } = this
    context.strokeStyle = '#fff'
    context.lineWidth = 2
    context.lineCap = 'round'
    for (let i = 1; i < this.#trailCount; i += 1) {
      context.globalAlpha = 0.5 * (1 - i / trailLength)
      context.beginPath()
      context.moveTo(this.#trail[2 * i - 2], this.#trail[2 * i - 1])
      context.lineTo(this.#trail[2 * i], this.#trail[2 * i + 1])
      context.stroke()
    }
    context.globalAlpha = 1
  }

  #drawHere(isHeard) {
    const { context } = this
    const x = this.#trail[0]
    const y = this.#trail[1]
    context.globalAlpha = isHeard ? 1 : 0.35
    context.fillStyle = '#fff'
    context.beginPath()
    context.arc(x, y, 7, 0, 2 * Math.PI)
    context.fill()
    context.strokeStyle = '#fff'
    context.lineWidth = 1
    context.beginPath()
    context.arc(x, y, 15, 0, 2 * Math.PI)
    context.stroke()
    context.globalAlpha = 1
  }

  #drawExamples() {
    const layer = this.#layer
    layer.width = Math.max(1, Math.round(this.width * this.density))
    layer.height = Math.max(1, Math.round(this.height * this.density))
    const context = layer.getContext('2d')
    context.scale(this.density, this.density)
    const { marks, isPicked } = this.#examples
    for (let i = 0; i < marks.length; i += 1) {
      context.globalAlpha = isPicked ? 0.22 : 0.78
      if (!isPicked?.(i)) this.#drawExample(context, i, 1)
    }
    context.globalAlpha = 1
    for (let i = 0; isPicked && i < marks.length; i += 1) if (isPicked(i)) this.#drawExample(context, i, 1.5)
  }

  #drawExample(context, index, scale) {
    const { points, marks } = this.#examples
    // Many points are drawn smaller, so that clouds stay clouds.
    const radius = scale * (marks.length > 400 ? 3 : 4.2)
    const x = this.#view.x(points[2 * index], this.width)
    const y = this.#view.y(points[2 * index + 1], this.height)
    context.fillStyle = marks[index].color
    context.beginPath()
    traceMark(context, marks[index].shape, x, y, radius)
    context.fill()
  }
}

customElements.define('starling-map', ExampleMap)
