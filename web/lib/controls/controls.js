/**
 * Controls and sends: numbers that come from other programs and devices, and what goes to them, by OSC and MIDI.
 * Loaded when a project has any, or by `await starling.controls()`.
 *
 * Events: `state` when the bridge or the devices are others, or Wekinator is switched; `traffic`
 * {{ direction: 'in' | 'out', time: number, address: string, arguments: any[], peer: string }} for a monitor.
 */
import { Event as Kind } from '../../shared/abi.js'
import { StarlingError } from '../errors.js'
import { ClockIn } from './clock-in.js'
import { HopWatch } from './hop-watch.js'
import { fedBy, learnedFrom } from './midi-controls.js'
import { Keyboard } from './keyboard.js'
import { Midi } from './midi.js'
import { OscPorts } from './osc-ports.js'
import { command, freeId, indexOf, newControls, numbersOf, rangeOf, removal } from './records.js'
import { Sends } from './sends.js'
import { TransportTime } from './transport-time.js'
import { Voices } from './voices.js'
import { Wekinator } from './wekinator.js'

const most = 128
const usualPort = 9000
const latestTraffic = 200
const transportPath = (name) => `/play/transport/${name}`
const midiSends = ['notes', 'controllers', 'bend', 'clock']

const hearsClock = ({ source, message }) => source === 'midi' && message === 'clock'

export class Controls extends EventTarget {
  /** What passed lately both ways, oldest first; see the event `traffic`. */
  traffic = []
  #starling
  #session
  #values = new Float32Array(most)
  #waiting = new Set()
  #learning = null
  #midi = new Midi()
  #voices = new Voices()
  #clock = new ClockIn()
  #keyboard
  #transport
  #listening = null
  #ports
  #sends
  #watch
  #wekinator

  /** @param {import('../starling.js').Starling} starling @param {import('../session.js').Session} session */
  constructor(starling, session) {
    super()
    this.#starling = starling
    this.#session = session
    const changed = () => this.dispatchEvent(new Event('state'))
    const fault = (error) => this.#tell(error)
    this.#keyboard = new Keyboard(starling)
    this.#ports = new OscPorts((message) => this.#receive(message), changed)
    this.#ports.osc.addEventListener('traffic', ({ detail }) => this.#note(detail))
    this.#midi.addEventListener('message', ({ detail }) => this.#receiveMidi(detail))
    this.#midi.addEventListener('clock', ({ detail }) => this.#receiveClock(detail))
    this.#midi.addEventListener('state', changed)
    const midi = { send: (device, bytes, time) => this.#sendMidi(device, bytes, time) }
    this.#transport = new TransportTime(session.bus, session.memory, () => 1000 * session.health.outputSeconds)
    const position = (path, value) => starling.position(session.document.slots.get(path), value)
    this.#sends = new Sends({
      bus: session.bus, ports: this.#ports, midi, transport: this.#transport, position, noteOf: (slot, label) => this.#noteOf(slot, label), fault,
    })
    this.#watch = new HopWatch(session.memory, () => this.#look())
    this.#wekinator = new Wekinator(starling, session, this.#ports, { value: (id) => this.#values[indexOf(id)], fault, changed })
    starling.addEventListener('document', () => this.#adopt())
    this.#adopt()
  }

  /** The project's controls in order. @returns {object[]} records with their ids */
  get list() {
    return this.#starling.ordered('controls')
  }

  /** What the project sends, in order. @returns {object[]} */
  get sends() {
    return this.#starling.ordered('sends')
  }

  /** `{ osc, message, midi, inputs, outputs }`: osc 'closed', 'opening' or 'open'; message why there is no bridge, or empty;
   * midi 'unasked', 'asking', 'open', 'refused' or 'none'; the names of its devices. */
  get state() {
    const { state: midi, inputs, outputs } = this.#midi
    return { osc: this.#ports.osc.state, message: this.#ports.message, midi, inputs, outputs }
  }

  /** What came last to a control, before the engine has seen it. @param {string} id */
  value(id) {
    return this.#values[indexOf(id)]
  }

  /**
   * Sets a control, as OSC and MIDI do.
   * @param {string} id @param {number} value
   * @throws {StarlingError} when there is no such control, or the value is no number
   */
  set(id, value) {
    if (!this.#starling.document.controls[id]) throw new StarlingError(`There is no control “${id}”.`)
    if (!Number.isFinite(value)) throw new StarlingError(`${id} cannot be set to ${value}. Give it a number.`)
    this.#feed(indexOf(id), value)
  }

  /**
   * Waits for what the player moves or sends next, and makes controls of it: one of each numeric argument of an OSC message,
   * one of a MIDI message. What feeds a control already is passed over.
   * @param {'osc' | 'midi'} source
   * @param {{ port?: number, signal?: AbortSignal }} [options] UDP port to hear on
   * @returns {Promise<string[]>} the ids of the new controls
   * @throws {StarlingError} when there is no bridge or no MIDI; what the signal says when it gives up
   */
  async learn(source, { port = usualPort, signal } = {}) {
    if (source === 'osc') await this.#ports.open(port)
    else await this.#midi.open()
    signal?.throwIfAborted()
    this.#learning?.reject(new StarlingError('Another control is being learned.'))
    return new Promise((resolve, reject) => {
      const learning = (this.#learning = { source, port, resolve, reject })
      signal?.addEventListener('abort', () => this.#giveUp(learning, signal.reason))
    })
  }

  /** Removes a control. @param {string} id */
  remove(id) {
    this.#starling.apply(removal('Remove a control', 'controls', id))
  }

  /** Asks for the MIDI devices; from a click. @throws {StarlingError} */
  async openMidi() {
    await this.#midi.open()
  }

  /**
   * The next controller that the player moves, on whichever device: what a send can answer it by.
   * @returns {Promise<{ device: string, channel: number, number: number }>}
   * @throws {StarlingError} where there is no MIDI
   */
  async moved() {
    await this.#midi.open()
    return new Promise((resolve) => {
      this.#listening = ({ kind, device, channel, number }) => {
        if (kind !== 'controller') return
        this.#listening = null
        resolve({ device, channel, number })
      }
    })
  }

  /**
   * Sends from now on.
   * @param {object} fields of a record of `sends`: kind and slots (paths without the first slash), and where to
   * @returns {string} its id
   */
  send(fields) {
    const id = freeId(this.#starling.document.sends, 'send')
    this.#starling.apply(command('Send', 'sends', id, { ...fields, order: this.sends.length }))
    return id
  }

  /** Changes what is sent, or where. @param {string} id @param {object} fields */
  change(id, fields) {
    this.#starling.apply(command('Change what is sent', 'sends', id, fields))
  }

  /** Stops sending. @param {string} id */
  removeSend(id) {
    this.#starling.apply(removal('Stop sending', 'sends', id))
  }

  /** Whether the page acts as Wekinator; may be set. docs/controls.md tells what it understands. @type {boolean} */
  get isWekinator() {
    return this.sends.some(({ kind, active }) => kind === 'wekinator' && active)
  }

  set isWekinator(isWanted) {
    if (isWanted === this.isWekinator) return
    const record = this.sends.find(({ kind }) => kind === 'wekinator')
    if (record) this.change(record.id, { active: isWanted })
    else this.send({ kind: 'wekinator', name: 'Wekinator' })
  }

  /** Whether the transport follows a MIDI clock: a control hears one. May be set; after `openMidi` it does so at once. @type {boolean} */
  get followsClock() {
    return this.list.some(hearsClock)
  }

  set followsClock(isWanted) {
    if (isWanted === this.followsClock) return
    const { changes } = isWanted
      ? newControls(this.#starling.document.controls, [{ name: 'MIDI clock', source: 'midi', message: 'clock', low: 0, high: 4 }])
      : { changes: this.list.filter(hearsClock).map(({ id }) => ({ table: 'controls', id, field: null, value: null })) }
    this.#starling.apply({ name: 'Follow a MIDI clock', changes })
    if (!isWanted) this.#session.bus.letGo(transportPath('tempo'))
  }

  /** The sound engine is new: it hears again where the controls are. */
  connect() {
    for (const { id } of this.list) this.#waiting.add(indexOf(id))
    this.#flush()
  }

  // MARK: In

  #receive(message) {
    if (this.#wekinator.takes(message)) return
    const values = numbersOf(message.arguments)
    const own = this.list.filter(({ source, address, port }) => source === 'osc' && address === message.address && port === message.port)
    for (const { id, argument } of own) if (Number.isFinite(values[argument])) this.#feed(indexOf(id), values[argument])
    if (own.length === 0 && this.#learning?.source === 'osc' && this.#learning.port === message.port) this.#learnOsc(message, values)
  }

  #learnOsc({ address, port }, values) {
    const name = address.split('/').at(-1)
    const found = [...values.entries()].filter(([, value]) => Number.isFinite(value))
    const wanted = found.map(([argument, value]) => ({
      name: found.length > 1 ? `${name} ${argument + 1}` : name, source: 'osc', address, port, argument, ...rangeOf(value),
    }))
    if (wanted.length > 0) this.#learned(wanted, found.map(([, value]) => value))
  }

  #receiveMidi(message) {
    const { kind, channel, number, value, device } = message
    this.#note({ direction: 'in', time: Date.now() / 1000, address: kind, arguments: [channel, number, value], peer: device })
    this.#listening?.(message)
    const fields = this.#learning?.source === 'midi' && learnedFrom(this.list, message)
    if (fields) this.#learned([fields], [value])
    const isTaken = this.#feedMidi(message)
    if (!isTaken) this.#keyboard.take(message)
  }

  // Whether any control takes it.
  #feedMidi(message) {
    this.#voices.take(message)
    const fed = fedBy(this.list, message, this.#voices)
    for (const { index, value } of fed) if (value !== null) this.#feed(index, value)
    return fed.length > 0
  }

  #receiveClock({ word, time }) {
    const isToRun = this.#clock.take(word, time)
    if (this.followsClock && isToRun !== null) this.#session.bus.set(transportPath('running'), Number(isToRun))
    for (const [kind, value] of [['tempo', this.#clock.tempo], ['clock', this.#clock.beats]]) {
      if (Number.isFinite(value)) this.#feedMidi({ kind, channel: 0, number: 0, value })
    }
  }

  #followClock(now) {
    const tempo = this.followsClock ? this.#clock.correction(this.#transport, now) : null
    if (tempo === null) return
    const { minimum, maximum } = this.#session.document.slots.get(transportPath('tempo'))
    this.#session.bus.set(transportPath('tempo'), Math.min(maximum, Math.max(minimum, tempo)), { commit: false })
  }

  #learned(wanted, values) {
    const { resolve, reject } = this.#learning
    this.#learning = null
    try {
      const { ids, changes } = newControls(this.#starling.document.controls, wanted)
      this.#starling.apply({ name: 'Learn a control', changes })
      for (const [index, id] of ids.entries()) this.#feed(indexOf(id), values[index])
      resolve(ids)
    } catch (error) {
      reject(error)
    }
  }

  #giveUp(learning, reason) {
    if (this.#learning !== learning) return
    this.#learning = null
    learning.reject(reason)
    this.#adopt()
  }

  #feed(index, value) {
    this.#values[index] = value
    this.#waiting.add(index)
    this.#flush()
  }

  // What finds no room goes later; then the newest value goes.
  #flush() {
    const { link } = this.#session.audio
    if (!link) return
    const first = this.#session.document.featureCount
    for (const index of this.#waiting) {
      if (!link.events.push(Kind.set, first + index, this.#values[index])) return
      this.#waiting.delete(index)
    }
  }

  // MARK: Out

  #look() {
    const now = performance.now()
    if (this.#waiting.size > 0) this.#flush()
    this.#transport.look(now)
    this.#followClock(now)
    this.#sends.look()
    this.#wekinator.look()
  }

  // What has a time of its own, a clock's ticks, would fill the monitor.
  #sendMidi(device, bytes, time) {
    if (!this.#midi.send(device, bytes, time) || time !== undefined) return
    this.#note({ direction: 'out', time: Date.now() / 1000, address: 'MIDI', arguments: bytes, peer: device || this.#midi.outputs[0] })
  }

  /** The note of a recognised category. */
  #noteOf(slot, label) {
    const [, model] = slot.split('/')
    return this.#starling.ordered('categories', { model })[label]?.note
  }

  // MARK: The project

  #adopt() {
    const active = this.sends.filter((send) => send.active)
    const wekinator = active.find(({ kind }) => kind === 'wekinator') ?? null
    this.#sends.adopt(active.filter((send) => send !== wekinator))
    this.#wekinator.adopt(wekinator)
    this.#watch.wanted = active.length > 0 || this.list.length > 0
    const ports = this.list.filter(({ source }) => source === 'osc').map(({ port }) => port ?? usualPort)
    if (wekinator) ports.push(wekinator.listen)
    if (this.#learning?.source === 'osc') ports.push(this.#learning.port)
    this.#ports.listen(ports).catch((error) => this.#tell(error))
    const wantsMidi = this.list.some(({ source }) => source === 'midi') || active.some(({ kind }) => midiSends.includes(kind))
    if (wantsMidi && this.#midi.state === 'unasked') this.#reopenMidi()
  }

  // Where the player has allowed it before, a project with MIDI needs no click.
  async #reopenMidi() {
    const permission = await navigator.permissions?.query({ name: 'midi' }).catch(() => null)
    if (permission?.state === 'granted') this.#midi.open().catch((error) => this.#tell(error))
  }

  #tell({ message }) {
    this.#starling.dispatchEvent(new CustomEvent('notice', { detail: { kind: 'warning', message } }))
    this.dispatchEvent(new Event('state'))
  }

  #note(entry) {
    this.traffic.push(entry)
    if (this.traffic.length > latestTraffic) this.traffic.shift()
    this.dispatchEvent(new CustomEvent('traffic', { detail: entry }))
  }
}
