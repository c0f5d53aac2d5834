/**
 * `<starling-plane>`: points on a surface, and a cursor among them.
 *
 *     <starling-plane label="Plane of sounds"></starling-plane>
 *     plane.show({ points: [{ id: 'a', name: 'Choir', x: 0.2, y: 0.7, mark }], chosen: 'a' })
 *     plane.moveTo(0.5, 0.5)
 *     plane.addEventListener('cursor-input', ({ detail }) => go(detail.x, detail.y))
 *
 * Attributes: `label`, its name for people. x goes from left to right, y from bottom to top, both 0…1.
 * Methods: `show({ points, chosen })`; `moveTo(x, y)`, where the cursor is, once an animation frame.
 * Events: `cursor-input` `{ x, y }` while it moves, `cursor-change` `{ x, y }` when a move ends; `point-input` `{ id, x, y, turn }`,
 * where `turn` counts drags and key presses that belong together; `point-pick` `{ id }`; `point-remove` `{ id }`.
 * Hand: drag anywhere for the cursor, drag a point to move it. Keys on the cursor and on points: arrows, with Shift finely,
 * Page Up and Page Down, Home and End; Delete on a point.
 */
import { CanvasWidget } from './canvas-widget.js'
import { drawing, element, keep, setAttribute, setText } from './dom.js'
import { markPath } from './marks.js'
import { Asked } from './slider-keys.js'

const step = 0.02
/** The surface is tinted by the point that is nearest, so many pixels at a time, and smoothed. */
const grain = 4
/** Pixels between the edge and where points may be, so that they are whole. */
const margin = 16
const sayMilliseconds = 200
const within = (value) => Math.round(1000 * Math.min(1, Math.max(0, value))) / 1000
const percent = (value) => `${Math.round(100 * value)} %`

export class Plane extends CanvasWidget {
  #points = []
  #chosen = null
  #x = 0.5
  #y = 0.5
  #wanted = null
  #asked = new Asked()
  #tint = document.createElement('canvas')
  #turn = 0
  #said = { x: NaN, y: NaN, at: -Infinity }

  build() {
    super.build()
    this.setAttribute('role', 'group')
    this.dots = element('div', { class: 'dots' })
    this.cursor = this.#handle('cursor')
    this.field = element('div', { class: 'field' }, this.dots, this.cursor)
    this.append(this.field)
    this.#listenToSurface()
    this.#listenToKeys(this.cursor, () => this.#asked.or({ x: this.#x, y: this.#y }), (place) => this.#ask(place), () => this.#finish())
  }

  show({ points, chosen }) {
    this.#points = points
    this.#chosen = chosen
    this.changed()
    this.resized()
  }

  moveTo(x, y) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return
    if (x !== this.#x || y !== this.#y) place(this.cursor, x, y)
    this.#x = x
    this.#y = y
    if (x !== this.#said.x || y !== this.#said.y) this.#say()
  }

  update() {
    const label = this.getAttribute('label') ?? 'Plane'
    setAttribute(this, 'aria-label', label)
    setAttribute(this.cursor, 'aria-label', 'Cursor')
    keep(this.dots, this.#points, ({ id }) => id, ({ id }) => this.#dot(id), (node, point) => {
      place(node, point.x, point.y)
      node.point = point
      setAttribute(node, 'aria-label', `Point ${point.name}`)
      setAttribute(node, 'aria-valuenow', Math.round(100 * point.x))
      setAttribute(node, 'aria-valuetext', words(point))
      setAttribute(node, 'data-chosen', point.id === this.#chosen ? '' : null)
      node.style.setProperty('--mark', point.mark.color)
      setAttribute(node.shape, 'd', markPath(point.mark.shape))
      setText(node.caption, point.name)
    })
    place(this.cursor, this.#x, this.#y)
    this.#say()
  }

  resized() {
    const { context, width, height } = this
    context.clearRect(0, 0, width, height)
    if (this.#points.length === 0 || width <= 2 * margin || height <= 2 * margin) return
    const pen = this.#tint.getContext('2d')
    const [columns, rows] = [Math.ceil(width / grain), Math.ceil(height / grain)]
    Object.assign(this.#tint, { width: columns, height: rows })
    for (let x = 0; x < columns; x += 1) {
      for (let y = 0; y < rows; y += 1) {
        const [across, up] = [((x + 0.5) * grain - margin) / (width - 2 * margin), 1 - ((y + 0.5) * grain - margin) / (height - 2 * margin)]
        pen.fillStyle = this.#nearest(across, up).mark.color
        pen.fillRect(x, y, 1, 1)
      }
    }
    context.globalAlpha = 0.2
    context.drawImage(this.#tint, 0, 0, columns * grain, rows * grain)
    context.globalAlpha = 1
  }

  #nearest(x, y) {
    let best = null
    let least = Infinity
    for (const point of this.#points) {
      const square = (point.x - x) ** 2 + (point.y - y) ** 2
      if (square < least) best = point
      least = Math.min(least, square)
    }
    return best
  }

  /** A reader on the cursor hears only the player's own moves: others may move it many times a second. */
  #say() {
    const now = performance.now()
    if (now - this.#said.at < sayMilliseconds || (document.activeElement === this.cursor && !this.#asked.isFresh)) return
    this.#said = { x: this.#x, y: this.#y, at: now }
    const nearest = this.#nearest(this.#x, this.#y)
    setAttribute(this.cursor, 'aria-valuenow', Math.round(100 * this.#x))
    setAttribute(this.cursor, 'aria-valuetext', `${words({ x: this.#x, y: this.#y })}${nearest ? `, nearest ${nearest.name}` : ''}`)
  }

  #handle(name) {
    return element('span', {
      class: name, role: 'slider', tabIndex: 0, 'aria-roledescription': 'place on the plane', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': 50,
    })
  }

  #dot(id) {
    const node = this.#handle('dot')
    node.shape = drawing('path')
    node.caption = element('b')
    node.append(drawing('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, node.shape), node.caption)
    const move = ({ x, y }) => this.request('point-input', { id, x, y, turn: this.#turn })
    const asked = new Asked()
    this.#listenToKeys(node, () => asked.or(node.point), (place) => move(asked.note(place)), () => {})
    node.addEventListener('focus', () => this.request('point-pick', { id }))
    node.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      event.stopPropagation()
      event.preventDefault()
      node.focus()
      node.setPointerCapture(event.pointerId)
      this.#turn += 1
    })
    node.addEventListener('pointermove', (event) => {
      if (node.hasPointerCapture(event.pointerId)) move(this.#placeOf(event))
    })
    node.addEventListener('keydown', ({ key }) => {
      if (key === 'Delete') this.request('point-remove', { id })
    })
    return node
  }

  #listenToSurface() {
    this.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      this.cursor.focus()
      this.setPointerCapture(event.pointerId)
      this.#ask(this.#placeOf(event))
    })
    this.addEventListener('pointermove', (event) => {
      if (this.hasPointerCapture(event.pointerId)) this.#ask(this.#placeOf(event))
    })
    this.addEventListener('lostpointercapture', ({ target }) => {
      if (target === this) this.#finish()
    })
  }

  #listenToKeys(node, here, ask, finish) {
    node.addEventListener('keydown', (event) => {
      const asked = placeAfterKey(event, here())
      if (!asked) return
      event.preventDefault()
      if (!event.repeat) this.#turn += 1
      ask(asked)
    })
    for (const type of ['keyup', 'blur']) node.addEventListener(type, finish)
  }

  #placeOf({ clientX, clientY }) {
    const { left, bottom, width, height } = this.field.getBoundingClientRect()
    return { x: within((clientX - left) / width), y: within((bottom - clientY) / height) }
  }

  #ask(asked) {
    this.#wanted = asked
    this.#asked.note(asked)
    this.request('cursor-input', asked)
  }

  #finish() {
    if (!this.#wanted) return
    const asked = this.#wanted
    this.#wanted = null
    this.request('cursor-change', asked)
  }
}

function place(node, x, y) {
  node.style.left = `${(100 * x).toFixed(2)}%`
  node.style.bottom = `${(100 * y).toFixed(2)}%`
}

const words = ({ x, y }) => `across ${percent(x)}, up ${percent(y)}`

/** Where a key leads in two directions; undefined for other keys. */
function placeAfterKey({ key, shiftKey, ctrlKey, metaKey, altKey }, { x, y }) {
  if (ctrlKey || metaKey || altKey) return undefined
  const small = shiftKey ? step / 10 : step
  const [across, up] = {
    ArrowLeft: [-small, 0], ArrowRight: [small, 0], ArrowUp: [0, small], ArrowDown: [0, -small],
    PageUp: [0, 10 * step], PageDown: [0, -10 * step], Home: [-1, 0], End: [1, 0],
  }[key] ?? []
  return across === undefined ? undefined : { x: within(x + across), y: within(y + up) }
}

customElements.define('starling-plane', Plane)
