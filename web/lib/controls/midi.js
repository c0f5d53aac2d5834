/** MIDI devices: messages in and out, taken apart; devices may come and go. */
import { StarlingError } from '../errors.js'

const renewMilliseconds = 2000
const clockWords = { 0xf8: 'tick', 0xfa: 'start', 0xfb: 'continue', 0xfc: 'stop' }
const kinds = { 8: 'off', 9: 'on', 10: 'key-pressure', 11: 'controller', 13: 'pressure', 14: 'bend' }

/**
 * A MIDI message in words; null for what nobody listens to.
 * @param {Uint8Array} data
 * @returns {{ kind: string, channel: number, number: number, value: number } | null} value 0…1, bend −1…1
 */
export function parsed([status, first = 0, second = 0]) {
  const kind = kinds[status >> 4]
  if (!kind) return null
  const channel = (status & 15) + 1
  if (kind === 'bend') return { kind, channel, number: 0, value: bend(first | (second << 7)) }
  if (kind === 'pressure') return { kind, channel, number: 0, value: first / 127 }
  const isOff = kind === 'off' || (kind === 'on' && second === 0)
  return { kind: isOff ? 'off' : kind, channel, number: first, value: isOff ? 0 : second / 127 }
}

// 8192 is the middle, and both ends are reached.
const bend = (value) => (value >= 8192 ? (value - 8192) / 8191 : (value - 8192) / 8192)

/**
 * All devices. Events: `message` with what `parsed` gives and `device`; `clock` {{ word, time }}, 'tick', 'start', 'continue' or
 * 'stop' and when, in milliseconds; `state` when it was asked for, and when devices come and go.
 */
export class Midi extends EventTarget {
  /** 'unasked', 'asking', 'open', 'refused' or 'none'. */
  state = globalThis.navigator?.requestMIDIAccess ? 'unasked' : 'none'
  #access = null
  #heard = new Map()

  /** The names of what can be listened to. */
  get inputs() {
    return this.#names('inputs')
  }

  /** The names of what can be sent to. */
  get outputs() {
    return this.#names('outputs')
  }

  /** Asks for the devices; from a click where the browser asks the player. @throws {StarlingError} when it is refused */
  async open() {
    if (this.#access) return
    if (this.state === 'none') throw new StarlingError('This browser has no MIDI. Use Chrome, Edge or Firefox.')
    this.#become('asking')
    try {
      this.#take(await navigator.requestMIDIAccess())
    } catch {
      this.#become('refused')
      throw new StarlingError('The browser does not allow MIDI. Allow it in the settings of this page, then try again.')
    }
    this.#become('open')
    // Firefox does not tell of devices that come later.
    if (navigator.userAgent.includes('Firefox')) setInterval(() => this.#renew(), renewMilliseconds)
  }

  /**
   * Sends a message.
   * @param {string} device its name; empty for the first
   * @param {number[]} bytes
   * @param {number} [time] when it is to go, in milliseconds of `performance.now`
   * @returns {boolean} whether the device is there
   */
  send(device, bytes, time) {
    const outputs = this.#ports('outputs')
    const output = device ? outputs.find(({ name }) => name === device) : outputs[0]
    output?.send(bytes, time)
    return Boolean(output)
  }

  #names(direction) {
    return this.#ports(direction).map(({ name }) => name)
  }

  #ports(direction) {
    return [...(this.#access?.[direction].values() ?? [])].filter(({ state }) => state === 'connected')
  }

  #become(state) {
    this.state = state
    this.dispatchEvent(new Event('state'))
  }

  #take(access) {
    this.#access = access
    access.onstatechange = () => this.#listen()
    this.#listen()
  }

  async #renew() {
    this.#take(await navigator.requestMIDIAccess())
  }

  #listen() {
    const before = [...this.#heard.keys()].join()
    const ports = this.#ports('inputs')
    this.#heard = new Map(ports.map((port) => [port.id, port]))
    for (const port of ports) port.onmidimessage = (event) => this.#receive(event, port.name)
    if (before !== [...this.#heard.keys()].join() || this.state === 'open') this.dispatchEvent(new Event('state'))
  }

  #receive({ data, timeStamp }, device) {
    const word = clockWords[data[0]]
    if (word) return this.dispatchEvent(new CustomEvent('clock', { detail: { word, time: timeStamp } }))
    const message = parsed(data)
    if (message) this.dispatchEvent(new CustomEvent('message', { detail: { ...message, device } }))
  }
}
