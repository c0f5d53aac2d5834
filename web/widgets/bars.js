/**
 * `<starling-bars>`: many values side by side, for example the 13 numbers of MFCC.
 *
 *     <starling-bars label="MFCC"></starling-bars>
 *     bars.draw(positions)
 *
 * Attributes: `label`, its name for people.
 * Methods: `draw(positions)` shows positions 0…1; bars grow from the middle line at 0.5.
 */
import { CanvasWidget } from './canvas-widget.js'

export class Bars extends CanvasWidget {
  build() {
    super.build()
    this.setAttribute('role', 'img')
    this.setAttribute('aria-label', this.getAttribute('label') ?? 'Values')
  }

  draw(positions) {
    const { context, width, height } = this
    context.clearRect(0, 0, width, height)
    context.fillStyle = this.color('listen')
    const step = width / positions.length
    for (let i = 0; i < positions.length; i += 1) {
      const size = Math.max(1, Math.abs(positions[i] - 0.5) * height)
      context.fillRect(i * step + 1, positions[i] > 0.5 ? height / 2 - size : height / 2, step - 2, size)
    }
  }
}

customElements.define('starling-bars', Bars)
