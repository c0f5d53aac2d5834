import { Widget } from './widget.js'

/**
 * A widget that draws: a canvas as sharp as the screen, kept at the element's size.
 *
 * Subclasses draw in `width` × `height` CSS pixels on `context`; `resized` is called after each change of size.
 */
export class CanvasWidget extends Widget {
  /** Size in CSS pixels and canvas pixels per CSS pixel. */
  width = 0
  height = 0
  density = 1
  #observer = new ResizeObserver(() => this.#fit())

  build() {
    this.canvas = document.createElement('canvas')
    this.canvas.setAttribute('aria-hidden', 'true')
    this.context = this.canvas.getContext('2d')
    this.append(this.canvas)
    this.colors = new Map()
  }

  connectedCallback() {
    super.connectedCallback()
    this.#observer.observe(this.canvas)
    this.#fit()
  }

  disconnectedCallback() {
    this.#observer.disconnect()
  }

  /** What to do after a change of size. */
  resized() {}

  /** The page's colour with this name, for example `listen`. */
  color(name) {
    if (!this.colors.has(name)) {
      this.colors.set(name, getComputedStyle(this).getPropertyValue(`--${name}`).trim() || '#fff')
    }
    return this.colors.get(name)
  }

  #fit() {
    const { clientWidth, clientHeight } = this.canvas
    const density = Math.min(devicePixelRatio || 1, 2)
    if (clientWidth === this.width && clientHeight === this.height && density === this.density) return
    Object.assign(this, { width: clientWidth, height: clientHeight, density })
    this.canvas.width = Math.max(1, Math.round(clientWidth * density))
    this.canvas.height = Math.max(1, Math.round(clientHeight * density))
    this.context.setTransform(density, 0, 0, density, 0, 0)
    this.resized()
  }
}
