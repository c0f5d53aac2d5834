/** A MIDI clock that comes in: its tempo and its beat, and the transport that follows it. */
const ticksPerBeat = 24
const ticksRemembered = 48
const longestTickMilliseconds = 100
// How fast the transport catches up: by so much of the distance in beats, and at most by so much of the tempo.
const eagerness = 0.4
const mostCorrection = 0.04
const correctMilliseconds = 100
const smallestStep = 0.002

export class ClockIn {
  #times = []
  #count = 0
  #correctedAt = -Infinity
  #isStarting = false

  /** Beats a minute; NaN until some ticks have come. */
  get tempo() {
    const { length } = this.#times
    return length > ticksPerBeat ? ((length - 1) * 60_000) / ticksPerBeat / (this.#times.at(-1) - this.#times[0]) : NaN
  }

  /** Beats since the clock was started. */
  get beats() {
    return this.#count / ticksPerBeat
  }

  /**
   * Takes what the clock says.
   * @param {'tick' | 'start' | 'continue' | 'stop'} word
   * @param {number} time in milliseconds
   * @returns {boolean | null} whether the transport is to run from now on; null where that stays as it is
   */
  take(word, time) {
    if (word === 'stop') return false
    if (word !== 'tick') {
      this.#isStarting = true
      // The first tick behind a start is the first beat.
      if (word === 'start') this.#count = -1
      return word === 'start' ? false : null
    }
    if (time - this.#times.at(-1) > longestTickMilliseconds) this.#times = []
    this.#times.push(time)
    if (this.#times.length > ticksRemembered + 1) this.#times.shift()
    this.#count += 1
    const isStart = this.#isStarting
    this.#isStarting = false
    return isStart || null
  }

  /**
   * The tempo at which a transport comes to lie on the clock's beats; null while nothing is to be changed.
   * @param {import('./transport-time.js').TransportTime} transport @param {number} now in milliseconds
   */
  correction(transport, now) {
    const { tempo } = this
    const since = now - this.#times.at(-1)
    if (!(since < longestTickMilliseconds) || Number.isNaN(tempo) || now - this.#correctedAt < correctMilliseconds) return null
    this.#correctedAt = now
    const distance = transport.isRunning ? this.beats + (since * tempo) / 60_000 - transport.beatAt(now) : 0
    const late = distance - Math.round(distance)
    const wanted = tempo * (1 + Math.max(-mostCorrection, Math.min(mostCorrection, eagerness * late)))
    return Math.abs(wanted - transport.tempo) > smallestStep ? wanted : null
  }
}
