import { KnobView } from './knob-view.js'
import { pieceNamed } from './pieces.js'
import { SoundView } from './sound-view.js'
import { Stage } from './stage.js'

/**
 * `<starling-picture>`: a picture of the catalogue, alive: it sees the sound and the knobs of a Starling.
 *
 *     import { openPicture } from '/visuals/picture.js'
 *     document.body.append(await openPicture(starling, 'ink'))
 *
 * It plays while it is in the page and to be seen, as large as it is laid out, and may be moved from place to place. What
 * goes wrong it says in a sentence in its place.
 */
export class Picture extends HTMLElement {
  #seen = new IntersectionObserver((entries) => this.#play(entries.at(-1).isIntersecting))
  #size = new ResizeObserver(() => this.stage.resize())
  #words = Object.assign(document.createElement('p'), { className: 'hint' })

  /** @param {Stage} stage @param {string} label its name for people */
  show(stage, label) {
    this.stage = stage
    this.setAttribute('role', 'img')
    this.setAttribute('aria-label', label)
    stage.canvas.setAttribute('aria-hidden', 'true')
    this.append(stage.canvas, this.#words)
    this.look()
    return this
  }

  connectedCallback() {
    this.#seen.observe(this)
    this.#size.observe(this.stage.canvas)
    matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', this.#calm)
  }

  disconnectedCallback() {
    this.#seen.disconnect()
    this.#size.disconnect()
    this.stage.stop()
    // What was only moved is in the page again.
    queueMicrotask(() => this.isConnected || this.stage.end())
    matchMedia('(prefers-reduced-motion: reduce)').removeEventListener('change', this.#calm)
  }

  #calm = ({ matches }) => (this.stage.isCalm = matches)

  #play(isSeen) {
    if (isSeen) this.stage.start()
    else this.stage.stop()
  }

  /** Shows what there is to say; to be called some times a second. @returns {string} frames a second, or nothing */
  look() {
    const { message, fps } = this.stage
    if (this.#words.textContent !== message) this.#words.textContent = message
    this.#words.hidden = message === ''
    this.stage.canvas.hidden = message !== ''
    return message || fps === null ? '' : `${fps} fps`
  }
}

customElements.define('starling-picture', Picture)

/**
 * Makes a picture of the catalogue.
 * @param {import('/lib/starling.js').Starling} starling
 * @param {string} name
 */
export async function openPicture(starling, name) {
  const info = starling.catalogue.visuals.find((one) => one.name === name)
  const Piece = await pieceNamed(name)
  const view = { sound: new SoundView(starling), knobs: new KnobView(starling.bus, info) }
  return new Picture().show(new Stage(document.createElement('canvas'), Piece, view), info.label)
}
