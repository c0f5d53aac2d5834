import { Kit } from './kit.js'
import { Resolution } from './resolution.js'

const longestStep = 0.1
// Little motion: everything a piece does by itself takes so many times as long.
const calmness = 5

export const words = {
  absent: 'This browser draws no pictures here, because WebGL 2 is missing or switched off: switch on hardware acceleration in its settings and reload the page. The sound goes on.',
  lost: 'The graphics card has dropped the picture; it comes back by itself. The sound goes on.',
  failed: 'This picture cannot be drawn on this graphics card: choose another one. The sound goes on.',
}

/**
 * A canvas on which a piece plays: the frame loop, the size, and what to do when the graphics card gives up.
 *
 * Nothing that goes wrong here leaves the stage: `message` says it in a sentence.
 */
export class Stage {
  /** A sentence for people while there is no picture, else empty. */
  message = ''
  /** Frames drawn in the last second; null while it stands still. */
  fps = null
  /** Whether little motion is wanted. */
  isCalm
  #gl
  #Piece
  #piece = null
  #view
  #resolution = new Resolution()
  #turn = 0
  #last = 0
  #frames = []
  #time = 0

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {new (kit: Kit) => { resize: (width: number, height: number) => void, draw: (view: object) => void }} Piece
   * @param {{ sound: object, knobs: object }} view what the piece sees; see SoundView and KnobView
   */
  constructor(canvas, Piece, view) {
    this.canvas = canvas
    this.#Piece = Piece
    this.#view = view
    this.isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    canvas.addEventListener('webglcontextlost', (event) => this.#lose(event))
    canvas.addEventListener('webglcontextrestored', () => this.#begin())
    const options = { alpha: false, antialias: false, depth: false, stencil: false, powerPreference: 'high-performance' }
    this.#gl = canvas.getContext('webgl2', options)
    if (this.#gl) this.#begin()
    else this.message = words.absent
  }

  /** Whether it can be drawn on now. */
  get isReady() {
    return this.#piece !== null
  }

  #begin() {
    try {
      this.#piece = new this.#Piece(new Kit(this.#gl))
      this.message = ''
      this.resize(true)
    } catch (error) {
      this.#fail(error)
    }
  }

  #lose(event) {
    event.preventDefault()
    this.#piece = null
    this.message = words.lost
  }

  /** What a lost card refuses is no fault of the piece. */
  #fail(error) {
    this.#piece = null
    this.message = this.#gl.isContextLost() ? words.lost : words.failed
    if (!this.#gl.isContextLost()) console.warn(error)
  }

  /** Gives the canvas as many pixels as are to be drawn; one that is not laid out keeps those it has. */
  resize(isNew = false) {
    const { canvas } = this
    const { clientWidth, clientHeight } = canvas
    const [width, height] = clientWidth > 0
      ? this.#resolution.fit(clientWidth, clientHeight, Math.min(devicePixelRatio || 1, 2))
      : [canvas.width, canvas.height]
    if (!isNew && canvas.width === width && canvas.height === height) return
    Object.assign(canvas, { width, height })
    this.#piece?.resize(width, height)
  }

  /** Begins to play, frame by frame. */
  start() {
    if (this.#turn) return
    this.#last = performance.now()
    const turn = (now) => {
      this.#turn = requestAnimationFrame(turn)
      this.#frame(now)
    }
    this.#turn = requestAnimationFrame(turn)
  }

  /** Stands still. */
  stop() {
    cancelAnimationFrame(this.#turn)
    this.#turn = 0
    this.fps = null
    this.#frames.length = 0
  }

  #frame(now) {
    const milliseconds = now - this.#last
    this.#last = now
    if (this.#piece === null) return
    this.#frames.push(now)
    while (this.#frames[0] < now - 1000) this.#frames.shift()
    this.fps = this.#frames.length
    if (this.#resolution.note(milliseconds)) this.resize()
    this.step(milliseconds / 1000)
  }

  /** Draws what is to be seen `seconds` after the last frame. */
  step(seconds) {
    const dt = Math.min(longestStep, Math.max(0, seconds))
    const { sound, knobs } = this.#view
    sound.read(dt, this.isCalm)
    knobs.read(dt)
    const { response, speed } = knobs.values
    const slower = this.isCalm ? calmness : 1
    this.#time += (dt * (0.05 + 2 * speed)) / slower
    try {
      this.#piece?.draw({
        time: this.#time, dt: dt / slower, knobs: knobs.values, wave: sound.wave, name: sound.name, isCalm: this.isCalm,
        level: response * sound.level, energy: (response * sound.energy) / slower, pulse: response * sound.pulse,
      })
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Gives the graphics card back what it holds. */
  end() {
    this.stop()
    this.#piece = null
    this.#gl?.getExtension('WEBGL_lose_context')?.loseContext()
  }
}
