import { presetValues } from './parameters.js'
import { parameterOf } from './paths.js'

const noteSeconds = 0.8
const usualNote = 60

/** Hearing presets of an instrument or effect before one is kept: the project knows nothing of it until then. */
export class Audition {
  #store
  #hands
  #rack
  #preset = null
  #timer = 0
  #note = null

  constructor(store, hands, rack) {
    this.#store = store
    this.#hands = hands
    this.#rack = rack
  }

  /** Whether a preset is being heard that nobody has kept yet. */
  get isGoing() {
    return this.#preset !== null
  }

  /** Takes the knobs there without a word to the project, and sounds a note where nothing plays. */
  hear(preset) {
    const { starling } = this.#store
    this.#preset = preset
    const values = presetValues(this.#rack.info, preset)
    this.#store.attempt(() => {
      for (const { path } of this.#rack.slots) starling.bus.set(path, values[parameterOf(path)], { commit: false })
    })
    if (!starling.playing) this.#sound()
  }

  /** Makes what is heard the sound: one step to undo. */
  keep() {
    const preset = this.#preset
    this.end()
    if (preset) this.#hands.take(this.#rack.info, preset)
  }

  /** Goes back to the sound before. */
  end() {
    if (!this.#preset) return
    this.#preset = null
    this.#silence()
    for (const { path } of this.#rack.slots) this.#hands.giveBack(path)
  }

  #sound() {
    this.#silence()
    const { starling } = this.#store
    this.#note = this.#rack.record.notes?.[0] ?? usualNote
    starling.noteOn(this.#note)
    this.#timer = setTimeout(() => this.#silence(), 1000 * noteSeconds)
  }

  #silence() {
    clearTimeout(this.#timer)
    if (this.#note !== null) this.#store.starling.noteOff(this.#note)
    this.#note = null
  }
}
