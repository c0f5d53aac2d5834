/**
 * Takes while they are held: every 50 ms what is new goes to training, which learns at once, and to the storage,
 * which keeps it even if the browser dies the next moment.
 */
import { now } from '../shared/clock.js'
import { joined } from '../shared/joined.js'
import { StarlingError } from './errors.js'

const moveMilliseconds = 50

/** A take that is being taught; made by `starling.hold`. */
export class Hold {
  #recorder
  #category
  #events
  #hop
  #parts = []
  #timer
  #hopCount = 0
  #columns

  /** See `Starling.hold`. */
  constructor(recorder, category, events) {
    this.#recorder = recorder
    this.#category = category
    this.#events = events
    this.#hop = recorder.memory.hopCount
    this.#columns = recorder.columns()
    this.#timer = setInterval(() => this.#move(), moveMilliseconds)
    const { rate, sampleRate } = recorder.memory
    recorder.training.liveBegin(category, rate)
    recorder.storage.takeBegin({ category, rate, sampleRate, columns: this.#columns })
  }

  /** How long it has been held, in seconds of sound. */
  get seconds() {
    return this.#hopCount / this.#recorder.memory.rate
  }

  /**
   * Ends the take and keeps it.
   * @returns {Promise<string>} the take's id
   * @throws {StarlingError} when nothing was heard meanwhile
   */
  async release() {
    clearInterval(this.#timer)
    this.#move()
    const rows = joined(Float32Array, this.#parts.map((part) => part.rows))
    const sound = joined(Float32Array, this.#parts.map((part) => part.sound))
    return this.#events.finish({ category: this.#category, rows, sound, count: this.#hopCount })
  }

  #move() {
    const { memory, training, storage } = this.#recorder
    const columns = this.#columns
    const count = memory.hopCount - this.#hop
    // The sound engine was replaced meanwhile, and its memory began anew.
    if (count < 0) this.#hop = memory.hopCount
    if (count <= 0) return
    const part = memory.copy(this.#hop, count, columns)
    this.#hop += count
    if (!part) return this.#events.lost(count / memory.rate)
    this.#hopCount += count
    this.#parts.push(part)
    training.liveRows(part.rows, count, columns, now())
    storage.takePart(count, columns, part.rows, part.sound)
  }
}

/** Makes takes of what is heard now and of what was heard before. */
export class Recorder {
  #events
  #hold = null

  /**
   * @param {object} parts
   * @param {import('./memory.js').Memory} parts.memory
   * @param {import('./training.js').Training} parts.training
   * @param {import('./storage.js').Storage} parts.storage
   * @param {() => number} parts.columns how many slots of a row are recorded
   * @param {object} events
   * @param {(take: object, wasHeld: boolean) => string} events.keep keeps a take, returns its id
   * @param {(seconds: number) => void} events.lost some of a take could not be moved in time
   */
  constructor(parts, events) {
    Object.assign(this, parts)
    this.#events = events
  }

  /** @param {string} category @returns {Hold} */
  hold(category) {
    if (this.memory.rate === 0) throw new StarlingError('Start the sound before you teach.')
    if (this.#hold) throw new StarlingError('One take at a time: let go of the other pad first.')
    this.#hold = new Hold(this, category, { finish: (take) => this.#finish(take), lost: this.#events.lost })
    return this.#hold
  }

  /** @param {{ seconds?: number, from?: number, to?: number }} moment in seconds ago @param {string} category */
  keep({ seconds, from = seconds, to = 0 }, category) {
    const { hop, count } = this.memory.between(from, to)
    const copy = count > 0 && this.memory.copy(hop, count, this.columns())
    if (!copy) throw new StarlingError('Nothing was heard at that time. Choose a moment of the last 30 seconds.')
    return this.#events.keep({ category, count, ...copy }, false)
  }

  #finish(take) {
    this.#hold = null
    try {
      return this.#events.keep(take, true)
    } catch (error) {
      this.training.liveEnd()
      this.storage.takeEnd()
      throw error
    }
  }
}
