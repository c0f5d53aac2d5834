import { countExamples } from './examples.js'

/**
 * The studio's state: the project document, which is Starling's, and what only this page knows: the chosen pad and
 * the selected moment. Views subscribe and render from it; nothing else keeps state.
 */
export class Store {
  /** The selected moment on the timeline, in seconds of the page's clock, or null. */
  selection = null
  #views = []
  #chosen = null
  #counted = null
  #wasRunning = false

  /**
   * @param {import('/lib/starling.js').Starling} starling
   * @param {import('./frame.js').Frame} frame
   * @param {import('/widgets/notices.js').Notices} notices
   */
  constructor(starling, frame, notices) {
    Object.assign(this, { starling, frame, notices })
    const change = () => this.changed()
    this.map = starling.map
    starling.addEventListener('map', () => frame.settle(this.renewMap))
    for (const type of ['document', 'training', 'input']) starling.addEventListener(type, change)
    starling.addEventListener('health', () => this.#noticeRunning())
    starling.addEventListener('notice', ({ detail }) => notices.say(detail.kind, detail.message))
    this.renewMap = () => {
      this.map = starling.map
      this.render()
    }
    this.render = () => this.#views.forEach((view) => view())
  }

  /** Health is told often; the views ask only whether there is sound. */
  #noticeRunning() {
    if (this.#wasRunning !== this.starling.running) this.changed()
    this.#wasRunning = this.starling.running
  }

  /** Adds a view: a function that shows the state. */
  subscribe(view) {
    this.#views.push(view)
    this.changed()
  }

  /** Has all views rendered before the next animation frame. */
  changed() {
    this.frame.settle(this.render)
  }

  get document() {
    return this.starling.document
  }

  /** The model that the pads teach. */
  get model() {
    return this.starling.ordered('models')[0] ?? null
  }

  /** The categories of the model, in order. */
  get pads() {
    const model = this.model
    return model ? this.starling.ordered('categories', { model: model.id }) : []
  }

  /** The chosen pad, or the first if the chosen one is gone. */
  get chosen() {
    const pads = this.pads
    return pads.find((pad) => pad.id === this.#chosen) ?? pads[0] ?? null
  }

  /** The chosen pad's takes, newest first. */
  get takes() {
    const pad = this.chosen
    return pad ? this.starling.ordered('takes', { category: pad.id }).toReversed() : []
  }

  /** How many examples there are: `{ ofCategory, ofTake }`, each by id. */
  get counts() {
    const { map, document, starling } = this
    const sources = [map, document.takes, starling.training.examples]
    if (sources.some((source, index) => source !== this.#counted?.sources[index])) {
      this.#counted = { sources, counts: countExamples(map, document.takes ?? {}, starling.training.examples) }
    }
    return this.#counted.counts
  }

  choose(id) {
    this.#chosen = id
    this.changed()
  }

  select(selection) {
    this.selection = selection
    this.changed()
  }

  /** Applies a command of commands.js; false, with a notice, if it was refused. */
  run(command, ...details) {
    return this.attempt(() => this.starling.apply(command(this.document, ...details)))
  }

  undo() {
    return this.attempt(() => this.starling.undo())
  }

  redo() {
    return this.attempt(() => this.starling.redo())
  }

  /** Says what was done, and offers to take it back. */
  sayUndoable(message) {
    this.notices.say('done', message, { label: 'Undo', act: () => this.undo() })
  }

  /** Does something that may be refused, and says so if it is. */
  attempt(act) {
    try {
      act()
      return true
    } catch (error) {
      this.notices.say('error', error.message)
      return false
    }
  }

  /** The same for what takes a while. */
  async attemptLater(act) {
    try {
      return await act()
    } catch (error) {
      this.notices.say('error', error.message)
      return undefined
    }
  }
}
