/** When, in the page's time, the transport is heard at which beat. */
import { hopSize } from '../../shared/abi.js'

const path = (name) => `/play/transport/${name}`
// Rows come in bursts; the earliest of them tell when the sound runs. Clocks that drift apart are followed slowly.
const forgetting = 0.002
const longestLagMilliseconds = 200

export class TransportTime {
  #bus
  #memory
  #outputDelay
  #lag = Infinity
  #delay = 0
  #hop = 0
  #at = 0
  #beat = NaN
  #tempo = NaN

  /**
   * @param {import('../bus.js').Bus} bus
   * @param {import('../memory.js').Memory} memory
   * @param {() => number} outputDelay how long the sound takes to the ear, in milliseconds
   */
  constructor(bus, memory, outputDelay) {
    this.#bus = bus
    this.#memory = memory
    this.#outputDelay = outputDelay
  }

  /** Reads the newest row; to be called after each hop. @param {number} now in milliseconds */
  look(now) {
    const { hopCount, sampleRate } = this.#memory
    const [running, bar, beats, beat, tempo] = ['running', 'bar', 'beats', 'beat', 'tempo'].map((name) => this.#bus.value(path(name)))
    if (hopCount === this.#hop || hopCount !== this.#memory.hopCount) return
    if (running >= 0.5 && !this.isRunning) this.#delay = this.#outputDelay()
    this.#hop = hopCount
    const heard = (1000 * hopSize * hopCount) / sampleRate
    const lag = now - heard
    const isNew = lag < this.#lag || lag - this.#lag > longestLagMilliseconds
    this.#lag = isNew ? lag : this.#lag + forgetting * (lag - this.#lag)
    this.#at = heard + this.#lag + this.#delay
    this.#beat = running >= 0.5 ? bar * beats + beat : NaN
    this.#tempo = tempo
  }

  /** Whether patterns play. */
  get isRunning() {
    return !Number.isNaN(this.#beat)
  }

  /** Beats a minute. */
  get tempo() {
    return this.#tempo
  }

  /** The beat since the start that is heard at a time in milliseconds; NaN while it stands still. */
  beatAt(time) {
    return this.#beat + ((time - this.#at) * this.#tempo) / 60_000
  }

  /** When a beat is heard, if the tempo stays; NaN while it stands still. */
  timeOf(beat) {
    return this.#at + ((beat - this.#beat) * 60_000) / this.#tempo
  }
}
