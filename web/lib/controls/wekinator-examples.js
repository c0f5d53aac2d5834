/** Frames that Wekinator's clients record: every frame is an example of the outputs' values at that time. */
import { StarlingError } from '../errors.js'
import { command } from './records.js'

const reserved = new Set(['label', 'certainty', 'map-x', 'map-y', 'novelty'])
const usualStep = 0.01
const shortestStep = 0.001
const encoder = new TextEncoder()

export class WekinatorExamples {
  #starling
  #labels = []
  /** The gesture being recorded, from 1; null while examples are. */
  #gesture = null
  #frames = null

  /** @param {import('../starling.js').Starling} starling */
  constructor(starling) {
    this.#starling = starling
  }

  /** The outputs in order, a number each: `{ model, path, isKnob, id }`; a choice and gestures are one, knobs one each. */
  get outputs() {
    return this.#starling.ordered('models').flatMap((model) => (model.drive === 'follow' ? this.#knobs(model) : [choice(model)]))
  }

  #knobs(model) {
    const root = `/learn/${model.id}/`
    const paths = this.#starling.slots.map(({ path }) => path).filter((path) => path.startsWith(root))
    return paths.filter((path) => !reserved.has(path.slice(root.length))).map((path) => ({ model, path, isKnob: true }))
  }

  /** The ids of models that have no examples. */
  get untaught() {
    const taught = new Set(Object.values(this.#starling.document.takes).map(({ category }) => this.#starling.document.categories[category].model))
    return this.#starling.ordered('models').map(({ id }) => id).filter((id) => !taught.has(id))
  }

  /** What the outputs are from now on. @param {number[]} values one an output @throws {StarlingError} for another count */
  label(values) {
    const { length } = this.outputs
    if (values.length !== length) throw new StarlingError(`/wekinator/control/outputs has ${values.length} numbers; this project has ${length} outputs.`)
    this.#labels = values
  }

  /** Frames are examples from now on. */
  begin() {
    this.end()
    this.#frames = []
    this.#gesture = null
  }

  /** Frames are one example of a gesture from now on. @param {number} number from 1 */
  beginGesture(number) {
    this.begin()
    this.#gesture = number
  }

  /** A frame, while examples are recorded. @param {number[]} values @param {object[]} controls that it feeds */
  add(values, controls) {
    this.#frames?.push({ values, controls, labels: this.#labels, at: performance.now() / 1000 })
  }

  /** Keeps what was recorded, a take for each run of equal outputs. */
  end() {
    const frames = this.#frames
    this.#frames = null
    if (!frames?.length) return
    for (const model of this.#starling.ordered('models')) this.#keep(model, frames)
  }

  /** Removes all takes; `undo` brings them back. */
  removeAll() {
    const changes = Object.keys(this.#starling.document.takes).map((id) => ({ table: 'takes', id, field: null, value: null }))
    if (changes.length > 0) this.#starling.apply({ name: 'Delete all examples', changes })
  }

  #keep(model, frames) {
    const isGestures = model.drive === 'gesture'
    if (isGestures !== (this.#gesture !== null)) return
    const own = this.outputs.map((output, index) => ({ ...output, index })).filter((output) => output.model === model)
    const isKnobs = model.drive === 'follow'
    const rows = isKnobs
      ? frames.map((frame) => [...own.map(({ index }) => frame.labels[index] ?? ''), ...inputs(frame)])
      : frames.map((frame) => [this.#category(model, isGestures ? this.#gesture : frame.labels[own[0].index]), ...inputs(frame)])
    const targets = isKnobs ? own.map(({ path }) => path.slice('/learn/'.length)) : ['category']
    const step = isGestures ? stepOf(frames) : usualStep
    const lines = rows.filter(([first]) => first !== '').map((row, index) => ['wekinator', index * step, ...row])
    const header = ['take', 'time', ...targets, ...frames[0].controls.map(({ id }) => id)]
    if (lines.length > 0) this.#starling.importExamples(model.id, encoder.encode([header, ...lines].map((line) => line.join()).join('\n')))
  }

  /** The id of a model's category by its number from 1; those that are missing are made. Empty for 0 and what is no number. */
  #category({ id: model }, number) {
    if (!(number >= 1)) return ''
    for (;;) {
      const categories = this.#starling.ordered('categories', { model })
      if (categories.length >= Math.trunc(number)) return categories[Math.trunc(number) - 1].id
      const fields = { model, name: `${categories.length + 1}`, order: 1 + (categories.at(-1)?.order ?? 0) }
      this.#starling.apply(command('Add a pad', 'categories', `${model}-${categories.length + 1}`, fields))
    }
  }
}

const choice = (model) => ({ model, path: `/learn/${model.id}/label`, isKnob: false })
const inputs = ({ values, controls }) => controls.map(({ argument }) => values[argument] || 0)
const stepOf = (frames) => Math.max(shortestStep, (frames.at(-1).at - frames[0].at) / Math.max(1, frames.length - 1))
