/** The page's end of the training worker. */
import { textOf } from '../shared/abi.js'
import { StarlingError } from './errors.js'

const workerUrl = new URL('../workers/training-worker.js', import.meta.url)
const headBytes = 8
const wordsPerExample = 4
const noMap = Object.freeze({ points: new Float32Array(0), categories: [], takes: [] })
const nothing = Object.freeze({ milliseconds: null, examples: 0, fit: null, heldOut: null, progress: 0, longestSlice: 0, models: [] })

export class Training {
  /** See `Starling.training`. */
  state = nothing
  #worker = new Worker(workerUrl, { type: 'module' })
  /** Messages that wait for the worker's program. */
  #early = []
  #isLost = false
  /** Maps by their model's key, as the worker sends them. */
  #maps = new Map()
  #weightsAsked = []
  /** The check that is waited for: `{ ticket, model, resolve, reject }`. */
  #check = null
  #ticket = 0
  #events

  /** @param {{ report: () => void, map: () => void, check: (detail: { model: string, progress: number }) => void, weights: (key: number, bytes: Uint8Array) => void, failure: (message: string) => void }} events */
  constructor(events) {
    this.#events = events
    this.#worker.onmessage = ({ data }) => this.#receive(data)
    this.#worker.onerror = () => {
      this.giveUp()
      events.failure('The training program could not be loaded. Reload the page.')
    }
  }

  /** @param {{ training: WebAssembly.Module, document: WebAssembly.Module, engine: WebAssembly.Module }} modules */
  load(modules) {
    this.#worker.postMessage({ type: 'load', modules })
    for (const message of this.#early) this.#worker.postMessage(message)
    this.#early = null
  }

  /** There will be no training: whoever waits for it gets nothing. */
  giveUp() {
    this.#isLost = true
    for (const resolve of this.#weightsAsked.splice(0)) resolve([])
    this.#endCheck('The training program could not be loaded. Reload the page.')
  }

  /** @param {Uint8Array} document JSON @param {{ id: string, bytes: Uint8Array }[]} blobs the rows it refers to */
  open(document, blobs) {
    this.state = nothing
    this.#maps.clear()
    this.#post({ type: 'open', document, blobs })
  }

  /** @param {{ command: Uint8Array, blobs?: object[], endsLive?: boolean, at: number }} applied */
  apply({ command, blobs = [], endsLive = false, at }) {
    this.#post({ type: 'apply', command, blobs, endsLive, at })
  }

  /** @param {string} category @param {number} rate rows a second */
  liveBegin(category, rate) {
    this.#post({ type: 'liveBegin', category, rate })
  }

  liveRows(rows, count, columns, at) {
    this.#post({ type: 'liveRows', rows, count, columns, at })
  }

  liveEnd() {
    this.#post({ type: 'liveEnd' })
  }

  /** Where weights go from now on: into a mailbox, or null: to `events.weights`. */
  connect(mailbox) {
    this.#post({ type: 'connect', mailbox })
  }

  /** What the models have learned. @returns {Promise<{ id: string, bytes: Uint8Array }[]>} */
  weights() {
    if (this.#isLost) return Promise.resolve([])
    return new Promise((resolve) => {
      this.#weightsAsked.push(resolve)
      this.#post({ type: 'weights' })
    })
  }

  /**
   * How well a model does on takes it has not seen; see `Starling.check`.
   * @param {string} model its id @param {{ by?: 'takes' | 'folds', folds?: number }} how
   */
  check(model, { by = 'takes', folds = 5 } = {}) {
    this.#endCheck('Another check was begun in place of this one.')
    if (this.#isLost) return Promise.reject(new StarlingError('There is no training program to check with. Reload the page.'))
    this.#ticket += 1
    return new Promise((resolve, reject) => {
      this.#check = { ticket: this.#ticket, model, resolve, reject }
      this.#post({ type: 'check', ticket: this.#ticket, how: JSON.stringify({ model, by, folds }) })
    })
  }

  #endCheck(message) {
    this.#check?.reject(new StarlingError(message))
    this.#check = null
  }

  /**
   * The map of a model's examples; see `Starling.map`.
   * @param {string} id the model's
   * @returns {{ points: Float32Array, categories: string[], takes: string[] }} x and y of each, its category and take;
   *   no take for examples that are just being taught, no category for examples with nothing but targets
   */
  map(id) {
    const bytes = this.#maps.get(this.state.models.find((model) => model.id === id)?.key)
    return bytes ? mapOf(bytes) : noMap
  }

  #receive({ type, ...data }) {
    if (type === 'weights') this.#events.weights(data.key, data.bytes)
    else if (type === 'models') this.#weightsAsked.shift()(data.models)
    else if (type === 'failure') this.#events.failure(data.message)
    else if (type === 'check') this.#checked(data)
    else this.#take(data.report)
  }

  #take({ milliseconds, longestSlice, models, maps }) {
    const first = (name) => models.find((model) => model[name] !== null)?.[name] ?? null
    const examples = models.reduce((sum, model) => sum + model.examples, 0)
    this.state = Object.freeze({
      milliseconds, examples, fit: first('fit'), heldOut: first('heldOut'), progress: first('progress') ?? 0, longestSlice, models,
    })
    for (const { key, bytes } of maps) this.#maps.set(key, bytes)
    if (maps.length > 0) this.#events.map()
    this.#events.report()
  }

  #checked({ ticket, progress, report, message }) {
    if (ticket !== this.#check?.ticket) return
    const { model, resolve } = this.#check
    if (message) return this.#endCheck(message)
    this.#events.check({ model, progress })
    if (!report) return
    this.#check = null
    resolve(report)
  }

  #post(message) {
    if (this.#early) this.#early.push(message)
    else this.#worker.postMessage(message)
  }
}

/** A map from its bytes; see `session_map` in docs/abi.md. */
function mapOf(bytes) {
  const [, count] = new Uint32Array(bytes.buffer, 0, 2)
  const places = new Float32Array(bytes.buffer, headBytes, count * wordsPerExample)
  const indices = new Uint32Array(bytes.buffer, headBytes, count * wordsPerExample)
  const { categories, takes } = JSON.parse(textOf(bytes.subarray(headBytes + indices.byteLength)))
  const points = new Float32Array(count * 2)
  const examples = Array.from({ length: count }, (_, index) => index * wordsPerExample)
  examples.forEach((at, index) => points.set(places.subarray(at, at + 2), index * 2))
  return {
    points,
    categories: examples.map((at) => categories[indices[at + 2]]),
    takes: examples.map((at) => takes[indices[at + 3]] || undefined),
  }
}
