import { Smoother } from './smoother.js'

const quietest = -60
const loudnessPath = '/listen/mic/loudness'
const meterPath = '/play/master/meter'
// A beginning is this much louder than just before, as a part of 60 dB.
const rise = 0.09
// At most 2.5 beginnings a second are shown.
const restSeconds = 0.4
const fadeSeconds = 0.6

/**
 * What the pieces see of the sound: read once a frame.
 *
 * `level` 0…1 is safe for brightness; `energy` 0…1 is quick and only for movement; `pulse` 1…0 follows a beginning;
 * `wave` is the newest sound that is heard, `name` what is recognised or null.
 */
export class SoundView {
  level = 0
  energy = 0
  pulse = 0
  wave = new Float32Array(2048)
  name = null
  #starling
  #level = new Smoother()
  #slow = 0
  #rest = 0
  #struck = 0

  /** @param {import('/lib/starling.js').Starling} starling */
  constructor(starling) {
    this.#starling = starling
  }

  /** Looks again, `dt` seconds later. */
  read(dt, isCalm) {
    const { bus } = this.#starling
    const loud = this.#starling.running ? Math.max(bus.value(loudnessPath), bus.value(meterPath)) : quietest
    const now = Math.min(1, Math.max(0, 1 - loud / quietest))
    this.energy += (now - this.energy) * (1 - Math.exp(-dt / (now > this.energy ? 0.03 : 0.25)))
    this.level = this.#level.next(now, dt, isCalm ? 4 : 1)
    this.#beat(now, dt, isCalm)
    this.#starling.outputSound(this.wave)
    this.name = this.#recognised()
  }

  /** Beginnings, which strike soft and fade slowly; none where little motion is wanted. */
  #beat(now, dt, isCalm) {
    this.#slow += (now - this.#slow) * (1 - Math.exp(-dt / 0.3))
    this.#rest -= dt
    if (!isCalm && now - this.#slow > rise && this.#rest <= 0) {
      this.#struck = 1
      this.#rest = restSeconds
    }
    this.#struck *= Math.exp(-dt / fadeSeconds)
    this.pulse += (this.#struck - this.pulse) * (1 - Math.exp(-dt / 0.06))
  }

  /** The name of the first category that is recognised just now. */
  #recognised() {
    for (const { id } of this.#starling.ordered('models')) {
      const label = this.#starling.bus.value(`/learn/${id}/label`)
      if (label >= 0) return this.#starling.ordered('categories', { model: id })[label]?.name ?? null
    }
    return null
  }
}
