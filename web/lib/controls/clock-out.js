/** The transport's beat as a MIDI clock: 24 ticks a beat, with the time at which each is due (MIDI 1.0, system real time). */
const tick = 0xf8
const songPosition = 0xf2
const begin = 0xfa
const goOn = 0xfb
const end = 0xfc
const ticksPerBeat = 24
const ticksPerSixteenth = 6
// What is handed over so early is sent in time, whatever the page does meanwhile.
const aheadMilliseconds = 100

/** One record of `sends` of the kind `clock` at work. */
export class ClockOut {
  #next = null

  /** @param {object} record @param {{ midi: object, transport: import('./transport-time.js').TransportTime }} parts */
  constructor(record, parts) {
    this.record = record
    this.parts = parts
  }

  /** Hands over the ticks that are due soon. @param {number} now in milliseconds */
  look(now) {
    const { transport } = this.parts
    if (!transport.isRunning) return this.stop()
    if (this.#next === null || Math.abs(transport.timeOf(this.#next / ticksPerBeat) - now) > 5 * aheadMilliseconds) this.#begin(now)
    for (let time; (time = transport.timeOf(this.#next / ticksPerBeat)) < now + aheadMilliseconds; this.#next += 1) {
      this.#send([tick], Math.max(time, now))
    }
  }

  /** Tells that it has ended. */
  stop() {
    if (this.#next !== null) this.#send([end])
    this.#next = null
  }

  // From the first beat, or where it has run for a while from the next sixteenth.
  #begin(now) {
    const ticks = Math.max(0, this.parts.transport.beatAt(now)) * ticksPerBeat
    if (ticks < ticksPerSixteenth) {
      this.#next = 0
      return this.#send([begin])
    }
    const sixteenth = Math.ceil(ticks / ticksPerSixteenth)
    this.#next = sixteenth * ticksPerSixteenth
    this.#send([songPosition, sixteenth & 127, (sixteenth >> 7) & 127])
    this.#send([goOn])
  }

  #send(bytes, time) {
    this.parts.midi.send(this.record.device, bytes, time)
  }
}
