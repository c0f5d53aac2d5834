import { Attempts } from './attempts.js'
import { countExamples } from './learn/examples.js'
import { Memo } from './memo.js'
import { taskOf } from './learn/outputs.js'
import { Picks } from './learn/picks.js'
import { takeGroups } from './learn/take-groups.js'

/**
 * The studio's state: the project document, which is Starling's, and what only this page knows: the chosen output, pad
 * and tab, the picked takes and the selected moment. Views subscribe and render from it; nothing else keeps state.
 */
export class Store extends Attempts {
  /** The selected moment on the timeline, in seconds of the page's clock, or null. */
  selection = null
  /** Which tab of Learn is shown: `teach`, `examples` or `check`. */
  tab = 'teach'
  /** The takes being looked at. */
  picks = new Picks(this)
  #views = []
  #output = null
  #chosen = null
  #groups = new Memo()
  #counts = new Memo()
  #wasRunning = false

  /**
   * @param {import('/lib/starling.js').Starling} starling
   * @param {import('./frame.js').Frame} frame
   * @param {import('/widgets/notices.js').Notices} notices
   */
  constructor(starling, frame, notices) {
    super(starling, notices)
    this.frame = frame
    const change = () => this.changed()
    this.map = this.#freshMap()
    starling.addEventListener('map', () => frame.settle(this.renewMap))
    for (const type of ['document', 'training', 'input']) starling.addEventListener(type, change)
    starling.addEventListener('health', () => this.#noticeRunning())
    starling.addEventListener('notice', ({ detail }) => notices.say(detail.kind, detail.message))
    this.renewMap = () => {
      this.map = this.#freshMap()
      this.render()
    }
    this.render = () => this.#views.forEach((view) => view())
  }

  #freshMap() {
    return this.model ? this.starling.mapOf(this.model.id) : { points: new Float32Array(0), categories: [], takes: [] }
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

  /** What the project learns to tell: its models, in order. */
  get outputs() {
    return this.starling.ordered('models')
  }

  /** The output being taught: its model. */
  get model() {
    const { outputs } = this
    return outputs.find(({ id }) => id === this.#output) ?? outputs[0] ?? null
  }

  /** What the output learns: `categories`, `continuous` or `gestures`. */
  get task() {
    return taskOf(this.model)
  }

  /** How learning goes for the output: its part of `starling.training`, or null. */
  get learning() {
    return this.starling.training.models.find(({ id }) => id === this.model?.id) ?? null
  }

  /** The categories of the output, in order. */
  get pads() {
    const model = this.model
    return model ? this.starling.ordered('categories', { model: model.id }) : []
  }

  /** The output's free knobs, in order. */
  get knobs() {
    const model = this.model
    return model ? this.starling.ordered('knobs', { model: model.id }) : []
  }

  /** The chosen pad, or the first if the chosen one is gone. */
  get chosen() {
    const pads = this.pads
    return pads.find((pad) => pad.id === this.#chosen) ?? pads[0] ?? null
  }

  /** The output's takes by pad; see `takeGroups`. */
  get groups() {
    const { document, pads, starling } = this
    const sources = [document.takes, document.labels, ...pads]
    return this.#groups.of(sources, () => takeGroups(starling, pads))
  }

  /** How many examples there are: `{ ofCategory, ofTake }`, each by id. */
  get counts() {
    const { map, document } = this
    const total = this.learning?.examples ?? 0
    return this.#counts.of([map, document.takes, total], () => countExamples(map, document.takes, total))
  }

  choose(id) {
    this.#chosen = id
    this.changed()
  }

  /** Turns to another output. */
  chooseOutput(id) {
    this.#output = id
    this.frame.settle(this.renewMap)
  }

  /** Shows another tab of Learn. */
  show(tab) {
    this.tab = tab
    this.changed()
  }

  select(selection) {
    this.selection = selection
    this.changed()
  }
}
