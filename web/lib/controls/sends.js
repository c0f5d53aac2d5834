/** What is sent, by OSC and MIDI: slots of the bus, at most so often a second and only while they change. */

import { ClockOut } from './clock-out.js'

const firstNote = 60
const noteOn = 0x90
const noteOff = 0x80
const controller = 0xb0
const pitchBend = 0xe0
const bendSteps = 16383
const velocity = 100

/** One record of `sends` at work. */
class Send {
  #sent = null
  #sentAt = -Infinity
  #note = -1
  #target = null

  constructor(record, parts) {
    this.record = record
    this.parts = parts
    if (record.kind === 'osc') parts.ports.target(record.host, record.port).then((target) => (this.#target = target), parts.fault)
  }

  /** Sends what has changed, if it is time. @param {number} now in milliseconds */
  look(now) {
    const { rate, slots } = this.record
    if (slots.length === 0 || now - this.#sentAt < 1000 / rate - 1) return
    const values = slots.map((slot) => this.parts.bus.value(`/${slot}`))
    if (values.some(Number.isNaN) || values.every((value, index) => value === this.#sent?.[index])) return
    if (this[this.record.kind](values)) {
      this.#sent = values
      this.#sentAt = now
    }
  }

  /** Ends what still sounds. */
  stop() {
    if (this.#note >= 0) this.#midi(noteOff, this.#note, 0)
    this.#note = -1
  }

  osc(values) {
    const { separate, slots, address } = this.record
    if (!this.#target) return false
    if (separate) this.#target.sendBundle(slots.map((slot, index) => ({ address: `/${slot}`, arguments: [values[index]] })))
    else this.#target.send(address, ...values)
    return true
  }

  controllers(values) {
    const { slots, number } = this.record
    for (const [index, value] of values.entries()) {
      const step = this.#step(slots[index], value)
      if (this.#sent && step === this.#step(slots[index], this.#sent[index])) continue
      this.#midi(controller, Math.min(number + index, 127), step)
    }
    return true
  }

  bend([value]) {
    const step = Math.round(bendSteps * this.parts.position(`/${this.record.slots[0]}`, value))
    this.#midi(pitchBend, step & 127, step >> 7)
    return true
  }

  #step(slot, value) {
    return Math.round(127 * this.parts.position(`/${slot}`, value))
  }

  notes([label]) {
    const note = label < 0 ? -1 : this.parts.noteOf(this.record.slots[0], label) ?? firstNote + label
    if (note === this.#note) return true
    this.stop()
    if (note >= 0) this.#midi(noteOn, note, velocity)
    this.#note = note
    return true
  }

  #midi(status, number, value) {
    const { device, channel } = this.record
    this.parts.midi.send(device, [status | (channel - 1), number, value])
  }
}

const begun = (record, parts) => (record.kind === 'clock' ? new ClockOut(record, parts) : new Send(record, parts))

export class Sends {
  #parts
  #all = new Map()

  /** @param {object} parts what sends need: `{ bus, ports, midi, transport, position, noteOf, fault }` */
  constructor(parts) {
    this.#parts = parts
  }

  /** How many are at work. */
  get count() {
    return this.#all.size
  }

  /** Takes the project's sends; those that did not change go on. @param {object[]} records */
  adopt(records) {
    const before = this.#all
    this.#all = new Map()
    for (const record of records) {
      const same = before.get(record.id)?.record === record ? before.get(record.id) : null
      this.#all.set(record.id, same ?? begun(record, this.#parts))
    }
    for (const send of before.values()) if (this.#all.get(send.record.id) !== send) send.stop()
  }

  /** To be called after each hop. */
  look() {
    const now = performance.now()
    for (const send of this.#all.values()) send.look(now)
  }
}
