import { choosePreset } from './commands.js'
import { drivenParameters, presetValues } from './parameters.js'
import { parameterOf, pathOf, volumePath } from './paths.js'

/**
 * The player's hands on the knobs.
 *
 * A knob that a model moves stays in the hand after it was turned, or it would spring back before anybody could
 * teach its sound. `letGo` gives it back to the model. Every turn is a command of its own all the same.
 */
export class Hands {
  /** The paths of the knobs held now. */
  held = new Set()
  /** Whether knobs were turned since a sound was last stored. */
  hasNewSound = false

  constructor(store) {
    this.store = store
  }

  /** Turns a knob: `isFinal` when the turn ends. */
  turn(slot, position, isFinal) {
    const { starling } = this.store
    const value = starling.value(slot, position)
    this.store.attempt(() => starling.bus.set(slot.path, value, { commit: isFinal }))
    if (!isFinal || slot.path === volumePath) return
    this.hasNewSound = true
    if (drivenParameters(this.store).has(parameterOf(slot.path))) this.#hold(slot.path)
    this.store.changed()
  }

  /** Puts all knobs of an instrument, effect or picture where a preset of the catalogue has them. */
  take(info, preset) {
    if (!this.recall(preset.label, presetValues(info, preset))) return
    this.hasNewSound = true
    this.store.changed()
  }

  /** Puts knobs where something of this name has them, `values` by parameter; false if that was refused. */
  recall(name, values) {
    if (!this.store.run(choosePreset, name, values)) return false
    const driven = drivenParameters(this.store)
    for (const parameter of Object.keys(values)) if (driven.has(parameter)) this.#hold(pathOf(parameter))
    this.store.changed()
    return true
  }

  /** Gives all knobs back to the models. */
  letGo() {
    for (const path of this.held) this.#place(path, true)
    this.held.clear()
    this.hasNewSound = false
    this.store.changed()
  }

  /** Keeps a slot in the hand. */
  #hold(path) {
    this.held.add(path)
    this.#place(path, false)
  }

  /** Sets a slot to where the document says the player put it. */
  #place(path, commit) {
    const { starling, document } = this.store
    const value = document.parameters?.[parameterOf(path)]?.value ?? starling.bus.value(path)
    this.store.attempt(() => starling.bus.set(path, value, { commit }))
  }
}
