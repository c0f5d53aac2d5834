/**
 * `<starling-trace>`: how one value, or two, moved in the last seconds.
 *
 *     <starling-trace label="Loudness, and smoothed"></starling-trace>
 *     trace.draw([{ min, max, low: -100, high: 0 }, …])
 *
 * Attributes: `label`, its name for people.
 * Methods: `draw(curves)` shows the lowest and highest value of each column, oldest first, each curve over its own range;
 * the last one stands out.
 */
import { CanvasWidget } from './canvas-widget.js'

export class Trace extends CanvasWidget {
  build() {
    super.build()
    this.setAttribute('role', 'img')
    this.setAttribute('aria-label', this.getAttribute('label') ?? 'The last seconds')
  }

  draw(curves) {
    this.context.clearRect(0, 0, this.width, this.height)
    curves.forEach((curve, index) => this.#line(curve, index === curves.length - 1))
  }

  #line({ min, max, low, high }, isMain) {
    const { context, width, height } = this
    const y = (value) => height - 2 - (Math.min(1, Math.max(0, (value - low) / (high - low))) * (height - 4))
    context.beginPath()
    let isDrawing = false
    for (let i = 0; i < min.length; i += 1) {
      // What was not heard yet is NaN.
      if (Number.isNaN(min[i])) continue
      const x = (i * width) / (min.length - 1)
      if (isDrawing) context.lineTo(x, y(max[i]))
      else context.moveTo(x, y(max[i]))
      context.lineTo(x, y(min[i]))
      isDrawing = true
    }
    context.strokeStyle = this.color(isMain ? 'listen' : 'mute')
    context.lineWidth = isMain ? 2 : 1
    context.lineJoin = 'round'
    context.stroke()
  }
}

customElements.define('starling-trace', Trace)
