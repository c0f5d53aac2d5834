/** A MIDI keyboard that no control takes: it plays the first instrument, with its pedal and its wheel. */
const sustainPedal = 64
const pedalDown = 0.5
/** How far the wheel bends, in semitones, as keyboards have it. */
const bendRange = 2
const tuning = /\/(tune|pitch)$/

export class Keyboard {
  #starling
  #isDown = false
  #sustained = new Set()
  #bent = null

  /** @param {import('../starling.js').Starling} starling */
  constructor(starling) {
    this.#starling = starling
  }

  /** Plays what a message says, see `parsed`. */
  take({ kind, number, value }) {
    if (kind === 'on') this.#begin(number, value)
    else if (kind === 'off') this.#end(number)
    else if (kind === 'bend') this.#bend(value)
    else if (kind === 'controller' && number === sustainPedal) this.#press(value >= pedalDown)
  }

  #begin(note, velocity) {
    this.#sustained.delete(note)
    this.#starling.noteOn(note, velocity)
  }

  #end(note) {
    if (this.#isDown) this.#sustained.add(note)
    else this.#starling.noteOff(note)
  }

  #press(isDown) {
    this.#isDown = isDown
    if (isDown) return
    for (const note of this.#sustained) this.#starling.noteOff(note)
    this.#sustained.clear()
  }

  // A wheel in the middle lets go of the tuning: it goes back where the project has it.
  #bend(value) {
    const { bus } = this.#starling
    const slot = value === 0 ? null : this.#tuningSlot()
    if (this.#bent && this.#bent !== slot?.path) bus.letGo(this.#bent)
    this.#bent = slot?.path ?? null
    if (slot) bus.set(slot.path, this.#placed(slot) + bendRange * value, { commit: false })
  }

  #tuningSlot() {
    const [first] = this.#starling.ordered('instruments')
    return first && this.#starling.slots.find(({ path }) => path.startsWith(`/play/${first.kind}/`) && tuning.test(path))
  }

  #placed({ path, default: initial }) {
    return this.#starling.document.parameters[path.slice('/play/'.length)]?.value ?? initial
  }
}
