/**
 * OSC for pages: packets come and go over the bridge of `starling serve`, as browsers have no UDP.
 *
 *     const osc = new Osc()
 *     const port = await osc.receive(6448)
 *     osc.addEventListener('message', ({ detail }) => console.log(detail.address, detail.arguments))
 *     const target = await osc.target('127.0.0.1', 12000)
 *     target.send('/wek/outputs', 0.5, 1)
 *
 * Packets are read and written by the engine (osc.wasm). Nothing here needs the rest of Starling.
 */
import { EngineInstance, compileEngine } from '../shared/abi.js'
import { StarlingError, explained } from './errors.js'

const bridgePath = '/osc'
const headerSize = 8
const latestTraffic = 200

/**
 * @typedef {object} Message
 * @property {string} address
 * @property {string} types the letter of each argument, brackets for lists
 * @property {any[]} arguments numbers, texts, true, false, null; lists are arrays
 * @property {number | null} time when it was due, in seconds since 1970; null for immediately
 * @property {number} port the port that it came to
 * @property {{ host: string, port: number }} sender
 */

/**
 * A connection to the bridge. Events:
 *
 * - `packet` {{ bytes: Uint8Array, port: number, sender: object }}: as it came, before its messages
 * - `message` {Message}: a message has come, at the time that its bundle says; what is late comes at once
 * - `traffic` {{ direction: 'in' | 'out', time: number, address: string, types: string, arguments: any[], peer: string }}: for
 *   a monitor, both ways, at the moment it passes
 * - `fault` {string}: a sentence about a packet that could not be read
 * - `state`: `state` has changed
 */
export class Osc extends EventTarget {
  #socket = null
  #opening = null
  #engine = null
  #answers = new Map()
  #nextRequest = 1
  #nextTarget = 1
  #timers = new Set()

  /** 'closed', 'opening' or 'open'. */
  state = 'closed'
  /** The last 200 packets that passed, oldest first; see the event `traffic`. */
  traffic = []
  /** Messages whose time had passed when they came. */
  lateCount = 0
  /** Packets that could not be read. */
  faultCount = 0

  /**
   * Listens to a UDP port of this machine, or of all its networks if Starling was started so.
   * @param {number} [port] 0 for any that is free
   * @returns {Promise<{ port: number, stop: () => Promise<void> }>}
   * @throws {StarlingError} where another program has it, or there is no bridge
   */
  async receive(port = 6448) {
    await this.#open()
    const { listening } = await this.#ask({ listen: port })
    return { port: listening, stop: async () => void (await this.#ask({ silence: listening })) }
  }

  /**
   * Something to send to.
   * @param {string} host on this machine, or one that `starling serve --osc-to` allows
   * @param {number} port
   * @returns {Promise<OscTarget>}
   * @throws {StarlingError} where it is not allowed
   */
  async target(host, port) {
    await this.#open()
    const number = this.#nextTarget++
    await this.#ask({ target: number, host, port })
    return new OscTarget(`${host}:${port}`, (packet) => this.#send(number, `${host}:${port}`, packet))
  }

  /** How many packets the bridge had to leave out: more than 2,000 a second, or faster than this page took them. */
  async lostCount() {
    await this.#open()
    return (await this.#ask({ lost: true })).lost
  }

  /** Ends everything: ports, targets, messages that were still to come. */
  close() {
    this.#socket?.close()
    this.#ended()
  }

  // MARK: The socket

  #open() {
    this.#opening ??= this.#connect().catch((error) => {
      this.#ended()
      throw error
    })
    return this.#opening
  }

  async #connect() {
    this.#become('opening')
    const [token, engine] = await Promise.all([fetchToken(), this.#engine ?? loadEngine()])
    this.#engine = engine
    this.#socket = await openSocket()
    this.#socket.onmessage = ({ data }) => (typeof data === 'string' ? this.#answered(JSON.parse(data)) : this.#arrived(data))
    this.#socket.onclose = () => this.#ended()
    await this.#ask({ token })
    this.#become('open')
  }

  #ended() {
    const hasBeen = this.state !== 'closed'
    this.#socket = null
    this.#opening = null
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    const waiting = [...this.#answers.values()]
    this.#answers.clear()
    for (const { reject } of waiting) reject(new StarlingError('The OSC bridge is gone. Start Starling again, then try once more.'))
    if (hasBeen) this.#become('closed')
  }

  #become(state) {
    this.state = state
    this.dispatchEvent(new CustomEvent('state', { detail: state }))
  }

  #ask(request) {
    const id = this.#nextRequest++
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, ...request }))
    })
  }

  #answered(answer) {
    const waiting = this.#answers.get(answer.id)
    this.#answers.delete(answer.id)
    if (answer.error === undefined) return waiting?.resolve(answer)
    if (waiting) waiting.reject(new StarlingError(answer.error))
    else this.#fault(answer.error)
  }

  // MARK: Packets

  #arrived(data) {
    const head = new DataView(data, 0, headerSize)
    const port = head.getUint16(0)
    const sender = { host: [4, 5, 6, 7].map((at) => head.getUint8(at)).join('.'), port: head.getUint16(2) }
    const bytes = new Uint8Array(data, headerSize)
    this.dispatchEvent(new CustomEvent('packet', { detail: { bytes, port, sender } }))
    try {
      for (const message of this.#read(bytes)) this.#take({ ...message, port, sender })
    } catch (error) {
      this.#fault(error.message)
    }
  }

  #read(packet) {
    const engine = this.#engine
    return engine.json(engine.exports.osc_read(engine.give(packet)))
  }

  #take(message) {
    this.#note('in', message, `${message.sender.host}:${message.sender.port}`)
    const wait = message.time === null ? 0 : message.time * 1000 - Date.now()
    if (wait < 0) this.lateCount += 1
    if (wait <= 0) return this.#deliver(message)
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#deliver(message)
    }, wait)
    this.#timers.add(timer)
  }

  #deliver(detail) {
    this.dispatchEvent(new CustomEvent('message', { detail }))
  }

  #fault(sentence) {
    this.faultCount += 1
    this.dispatchEvent(new CustomEvent('fault', { detail: sentence }))
  }

  /** @param {Uint8Array | { messages: object[], time: number | null }} packet whole, or what it is to say */
  #send(number, peer, packet) {
    if (this.state !== 'open') throw new StarlingError('The OSC bridge is gone. Start Starling again, then try once more.')
    const engine = this.#engine
    const bytes = packet instanceof Uint8Array ? packet : engine.taken(engine.exports.osc_write(engine.give(JSON.stringify(packet))))
    const framed = new Uint8Array(2 + bytes.length)
    new DataView(framed.buffer).setUint16(0, number)
    framed.set(bytes, 2)
    this.#socket.send(framed)
    for (const message of packet.messages ?? this.#read(bytes)) this.#note('out', message, peer)
  }

  #note(direction, { address, types = '', arguments: values = [] }, peer) {
    const entry = { direction, time: Date.now() / 1000, address, types, arguments: values, peer }
    this.traffic.push(entry)
    if (this.traffic.length > latestTraffic) this.traffic.shift()
    this.dispatchEvent(new CustomEvent('traffic', { detail: entry }))
  }
}

/** Somewhere to send to. */
export class OscTarget {
  #send

  /** @param {string} name `HOST:PORT` @param {(packet: object) => void} send */
  constructor(name, send) {
    this.name = name
    this.#send = send
  }

  /**
   * Sends a message: numbers as floats, texts, true, false, null, and arrays as lists.
   * @param {string} address begins with a slash
   * @param {...any} values
   */
  send(address, ...values) {
    this.#send({ messages: [{ address, arguments: values }], time: null })
  }

  /** Sends a message with a type letter for each argument: `sendTyped('/start', 'i', 1)`. */
  sendTyped(address, types, ...values) {
    this.#send({ messages: [{ address, types, arguments: values }], time: null })
  }

  /**
   * Sends messages as one bundle.
   * @param {{ address: string, types?: string, arguments: any[] }[]} messages
   * @param {number | null} [time] when they are due, in seconds since 1970; null for immediately
   */
  sendBundle(messages, time = null) {
    this.#send({ messages, time: time ?? 0 })
  }

  /** Sends a packet that is written already. @param {Uint8Array} bytes */
  sendPacket(bytes) {
    this.#send(bytes)
  }
}

async function fetchToken() {
  const answer = await explained(() => fetch(`${bridgePath}/token`), 'The OSC bridge cannot be reached. Start Starling again.')
  if (answer.ok) return await answer.text()
  throw new StarlingError('There is no OSC bridge here: start Starling with `starling serve`, and open the page on the same machine.')
}

let loading = null

/** What reads and writes packets, compiled once. @returns {Promise<WebAssembly.Module>} */
export function loadOscModule() {
  loading ??= compileEngine(new URL('../generated/osc.wasm', import.meta.url))
  loading.catch(() => (loading = null))
  return loading
}

async function loadEngine() {
  return new EngineInstance(await loadOscModule(), { initialMegabytes: 32, maximumMegabytes: 64 })
}

function openSocket() {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${bridgePath}`)
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket)
    socket.onerror = () => reject(new StarlingError('The OSC bridge refused this page. Open it at the address that Starling printed.'))
  })
}
