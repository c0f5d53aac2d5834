/**
 * `<starling-wave>`: a short sound as a small still picture.
 *
 *     <starling-wave></starling-wave>
 *     wave.sound = Float32Array.of(…)
 *
 * Properties: `sound`, samples −1…1, or null; `part` `{ from, to }` 0…1, what is not greyed out; `color`.
 * It is decoration: what it shows must be said in words beside it.
 */
import { CanvasWidget } from './canvas-widget.js'
import { drawSound } from './envelope.js'

export class Wave extends CanvasWidget {
  #sound = null
  #part = { from: 0, to: 1 }
  #color = '#fff'

  set sound(sound) {
    if (sound === this.#sound) return
    this.#sound = sound
    this.resized()
  }

  set part(part) {
    if (part.from === this.#part.from && part.to === this.#part.to) return
    this.#part = part
    this.resized()
  }

  set color(color) {
    if (color === this.#color) return
    this.#color = color
    this.resized()
  }

  resized() {
    const { context, width, height } = this
    if (!context) return
    context.clearRect(0, 0, width, height)
    if (!this.#sound || width < 2) return
    drawSound(context, this.#sound, { left: 0, top: 0, width, height, color: this.#color })
    const { from, to } = this.#part
    context.globalCompositeOperation = 'destination-out'
    context.fillStyle = '#000b'
    context.fillRect(0, 0, from * width, height)
    context.fillRect(to * width, 0, width, height)
    context.globalCompositeOperation = 'source-over'
  }
}

customElements.define('starling-wave', Wave)
