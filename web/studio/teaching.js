import { mark } from '/widgets/marks.js'
import { storeSound } from './commands.js'
import { settingNow } from './parameters.js'

/** A shorter press only chooses a pad. */
const tapMilliseconds = 120
const rememberedMoments = 40

/**
 * Holding pads: what is heard while a pad is held becomes a take of its category. If knobs were turned since the
 * last time, where they are becomes the pad's sound.
 */
export class Teaching {
  /** Stretches that became takes, for the timeline: `{ from, to, color }` in seconds of the page's clock. */
  moments = []
  #pad = null
  #timer = 0
  #hold = null
  #isToggled = false

  /**
   * @param {import('./store.js').Store} store
   * @param {import('./hands.js').Hands} hands on the knobs of instruments and effects
   * @param {import('./learn/knob-hands.js').KnobHands} knobHands on the outputs' own knobs
   */
  constructor(store, hands, knobHands) {
    Object.assign(this, { store, hands, knobHands })
  }

  isTeaching(id) {
    return this.#pad === id && this.#hold !== null
  }

  /** For how long the pad has been taught. */
  get seconds() {
    return this.#hold?.seconds ?? 0
  }

  /** Whether any pad is being taught. */
  get isBusy() {
    return this.#hold !== null
  }

  /** A pad goes down. Teaching begins once it is more than a tap. */
  press(id) {
    const wasToggled = this.#isToggled && this.#pad === id
    this.release()
    this.store.choose(id)
    if (wasToggled) return
    this.#pad = id
    this.#timer = setTimeout(() => this.#begin(), tapMilliseconds)
  }

  /** The pad that is down comes up; one that was switched on stays on. */
  letUp() {
    if (!this.#isToggled) this.release()
  }

  /** Switches teaching on or off, for whoever cannot hold. */
  toggle(id) {
    const wasOn = this.isTeaching(id)
    this.release()
    this.store.choose(id)
    if (wasOn) return
    this.#pad = id
    this.#isToggled = true
    this.#begin()
  }

  /** Ends whatever is being taught. */
  release() {
    clearTimeout(this.#timer)
    const hold = this.#hold
    this.#pad = null
    this.#hold = null
    this.#isToggled = false
    if (!hold) return
    this.moments.at(-1).to = performance.now() / 1000
    this.#letGo()
    this.store.attemptLater(() => hold.release())
    this.store.changed()
  }

  /** Stores where the knobs are as a pad's sound. */
  storeSound(pad) {
    if (this.store.run(storeSound, pad, this.#setting())) this.#letGo()
  }

  /** Keeps a moment of the last 30 seconds, `{ from, to }` in seconds of the page's clock, as the chosen pad's. */
  async keep({ from, to }) {
    const pad = this.store.chosen
    if (!pad) return
    const now = performance.now() / 1000
    const moment = { from: now - from, to: Math.max(0, now - to) }
    const take = await this.store.attemptLater(() => this.store.starling.keep(moment, pad.id))
    if (!take) return
    this.#mark(pad.id, from, to)
    this.store.sayUndoable(`Kept ${(to - from).toFixed(1)} s as ${pad.name}.`)
  }

  get #hasOwnKnobs() {
    return this.store.knobs.length > 0
  }

  /** What a pad recalls: where the output's own knobs are, or else those of the instruments. */
  #setting() {
    return this.#hasOwnKnobs ? this.knobHands.setting : settingNow(this.store)
  }

  #letGo() {
    if (this.#hasOwnKnobs) this.knobHands.letGo()
    else this.hands.letGo()
  }

  #begin() {
    const pad = this.store.pads.find(({ id }) => id === this.#pad)
    if (!pad) return
    const hands = this.#hasOwnKnobs ? this.knobHands : this.hands
    if (hands.hasNewSound) this.store.run(storeSound, pad, this.#setting())
    this.store.attempt(() => {
      this.#hold = this.store.starling.hold(pad.id)
      this.#mark(pad.id, performance.now() / 1000, Infinity)
    })
    this.store.changed()
  }

  #mark(id, from, to) {
    const index = this.store.pads.findIndex((pad) => pad.id === id)
    this.moments.push({ from, to, color: mark(index).color })
    if (this.moments.length > rememberedMoments) this.moments.shift()
  }
}
