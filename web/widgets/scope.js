/**
 * `<starling-scope>`: the newest moment of a sound as a curve.
 *
 *     <starling-scope label="Microphone"></starling-scope>
 *     scope.draw(min, max)
 *
 * Attributes: `label`, its name for people.
 * Methods: `draw(min, max)` shows the lowest and highest sample (-1…1) of each column, oldest first. Quiet sounds
 * are drawn larger, up to eight times, so that they can be seen.
 */
import { CanvasWidget } from './canvas-widget.js'

const largestGain = 8

export class Scope extends CanvasWidget {
  #gain = 1

  build() {
    super.build()
    this.setAttribute('role', 'img')
    this.setAttribute('aria-label', this.getAttribute('label') ?? 'Sound')
  }

  draw(min, max) {
    const { context, width, height } = this
    context.clearRect(0, 0, width, height)
    const middle = height / 2
    const scale = this.#follow(min, max) * (middle - 1)
    context.beginPath()
    for (let i = 0; i < min.length; i += 1) {
      const x = (i * width) / (min.length - 1)
      // What was not heard yet is NaN, and drawn as silence.
      const high = middle - scale * (max[i] || 0)
      if (i === 0) context.moveTo(x, high)
      else context.lineTo(x, high)
      context.lineTo(x, middle - scale * (min[i] || 0))
    }
    context.strokeStyle = this.color('listen')
    context.lineWidth = 1.5
    context.lineJoin = 'round'
    context.stroke()
  }

  /** The gain that fills the height, changing slowly. */
  #follow(min, max) {
    let peak = 0
    for (let i = 0; i < min.length; i += 1) {
      if (max[i] > peak) peak = max[i]
      if (-min[i] > peak) peak = -min[i]
    }
    const wanted = Math.min(largestGain, 0.95 / Math.max(peak, 0.001))
    this.#gain = wanted < this.#gain ? wanted : this.#gain + 0.02 * (wanted - this.#gain)
    return this.#gain
  }
}

customElements.define('starling-scope', Scope)
