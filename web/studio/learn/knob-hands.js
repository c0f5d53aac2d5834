import { knobParameter, learnPath } from '../paths.js'

/**
 * The player's hands on an output's own knobs. A turned knob stays where it was put until a pad has been taught with
 * it, or it is let go; the others are where the model moves them.
 */
export class KnobHands {
  #store
  #values = new Map()

  constructor(store) {
    this.#store = store
  }

  /** Whether knobs were turned since a pad was last taught. */
  get hasNewSound() {
    return this.#store.knobs.some(({ id }) => this.#values.has(id))
  }

  holds(id) {
    return this.#values.has(id)
  }

  /** Where a knob is: in the hand, or where the model moves it, or at its default. */
  value(knob) {
    if (this.#values.has(knob.id)) return this.#values.get(knob.id)
    const { bus, running } = this.#store.starling
    const moved = running ? bus.value(learnPath(knob.model, knob.id)) : NaN
    return Number.isFinite(moved) ? moved : knob.default
  }

  /** Puts a knob somewhere, in its own unit. */
  turn(knob, value) {
    this.#values.set(knob.id, knob.whole ? Math.round(value) : value)
  }

  /** Where all knobs of the output are, by parameter. */
  get setting() {
    return Object.fromEntries(this.#store.knobs.map((knob) => [knobParameter(knob), this.value(knob)]))
  }

  /** Puts the knobs where a pad has them. */
  take(pad) {
    const presets = this.#store.starling.ordered('presets', { category: pad.id })
    for (const knob of this.#store.knobs) {
      const preset = presets.find(({ parameter }) => parameter === knobParameter(knob))
      if (preset) this.turn(knob, preset.value)
    }
    this.#store.changed()
  }

  /** Gives the output's knobs back to the model. */
  letGo() {
    for (const { id } of this.#store.knobs) this.#values.delete(id)
    this.#store.changed()
  }
}
