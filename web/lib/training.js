/** The page's end of the training worker. */

const workerUrl = new URL('../workers/training-worker.js', import.meta.url)
const wordsPerExample = 4
const nothing = Object.freeze({ milliseconds: null, examples: 0, fit: null, heldOut: null, progress: 0, longestSlice: 0, models: [] })

export class Training {
  /** See `Starling.training`. */
  state = nothing
  #worker = new Worker(workerUrl, { type: 'module' })
  /** Messages that wait for the worker's program. */
  #early = []
  #isLost = false
  #map = null
  #weightsAsked = []
  #events

  /** @param {{ report: () => void, map: () => void, weights: (key: number, bytes: Uint8Array) => void, failure: (message: string) => void }} events */
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
  }

  /** @param {Uint8Array} document JSON @param {{ id: string, bytes: Uint8Array }[]} blobs the rows it refers to */
  open(document, blobs) {
    this.state = nothing
    this.#map = null
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
   * The map of all examples of the first model.
   * @param {import('./project-document.js').ProjectDocument} document
   * @returns {{ points: Float32Array, categories: string[], takes: string[] }} x and y of each, its category and take;
   *   no take for examples that are just being taught
   */
  map(document) {
    const count = this.#map ? new Uint32Array(this.#map, 0, 1)[0] : 0
    const places = new Float32Array(this.#map ?? new ArrayBuffer(4), 4)
    const indices = new Uint32Array(places.buffer, 4)
    const points = new Float32Array(count * 2)
    const examples = Array.from({ length: count }, (_, index) => index * wordsPerExample)
    examples.forEach((at, index) => points.set(places.subarray(at, at + 2), index * 2))
    const { categories, takes } = namesOf(document)
    return { points, categories: examples.map((at) => categories[indices[at + 2]]), takes: examples.map((at) => takes[indices[at + 3]]) }
  }

  #receive({ type, report, key, bytes, message, models }) {
    if (type === 'weights') this.#events.weights(key, bytes)
    else if (type === 'models') this.#weightsAsked.shift()(models)
    else if (type === 'failure') this.#events.failure(message)
    else this.#take(report)
  }

  #take({ milliseconds, longestSlice, models, map }) {
    const first = (name) => models.find((model) => model[name] !== null)?.[name] ?? null
    const examples = models.reduce((sum, model) => sum + model.examples, 0)
    this.state = Object.freeze({
      milliseconds, examples, fit: first('fit'), heldOut: first('heldOut'), progress: first('progress') ?? 0, longestSlice, models,
    })
    if (map) this.#map = map
    if (map) this.#events.map()
    this.#events.report()
  }

  #post(message) {
    if (this.#early) this.#early.push(message)
    else this.#worker.postMessage(message)
  }
}

/** The first model's categories in order, and their takes as they are learned. */
function namesOf(document) {
  const categories = document.ordered('categories', { model: document.ordered('models')[0]?.id })
  const takes = categories.flatMap(({ id }) => document.ordered('takes', { category: id, muted: false }))
  return { categories: categories.map(({ id }) => id), takes: takes.map(({ id }) => id) }
}
