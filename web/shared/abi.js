/**
 * Calls into engine.wasm, training.wasm and document.wasm, as docs/abi.md describes them.
 *
 * Also loaded by the audio worklet, where there is neither `fetch` nor text coding; only what carries text needs
 * those. Nothing here may be called in the audio callback.
 */
import { StarlingError } from './errors.js'

/** Kinds of events for `engine_schedule`. */
export const Event = Object.freeze({ set: 0, grab: 1, letGo: 2, noteOn: 3, noteOff: 4, panic: 5 })

/** Kinds of blobs for `engine_accept`. */
export const Blob = Object.freeze({ plan: 0, weights: 1 })

/** Kinds of records for `journal_record`. */
export const Record = Object.freeze({ document: 0, command: 1, blob: 2, takeBegin: 3, takePart: 4, takeEnd: 5 })

/** Bits that `session_step` answers. */
export const Step = Object.freeze({ more: 1, weights: 2, map: 4, check: 8 })

/** How many slots of the bus are remembered: all. */
export const rowWidth = 1024

/** Samples between two analyses: the engine's hop size. */
export const hopSize = 256

const pageSize = 65536
const refused = 1
const encoder = globalThis.TextEncoder && new TextEncoder()
const decoder = globalThis.TextDecoder && new TextDecoder()

/**
 * Fetches and compiles one of the three. Needs the MIME type application/wasm.
 * @param {string | URL} url
 * @returns {Promise<WebAssembly.Module>}
 * @throws {StarlingError} when it cannot be had or this browser cannot run it
 */
export async function compileEngine(url) {
  try {
    return await WebAssembly.compileStreaming(fetch(url))
  } catch (error) {
    throw new StarlingError(`The engine could not be loaded from ${url}: ${error.message}. Reload the page, or use a newer browser.`)
  }
}

/** Text as UTF-8 bytes. @param {string} text @returns {Uint8Array} */
export const utf8 = (text) => encoder.encode(text)

/** UTF-8 bytes as text. @param {Uint8Array} bytes @returns {string} */
export const textOf = (bytes) => decoder.decode(bytes)

/** One instance of a part of the engine with a memory of its own. */
export class EngineInstance {
  /**
   * @param {WebAssembly.Module} module
   * @param {{ initialMegabytes?: number, maximumMegabytes?: number }} [memory] equal ones make a memory that never grows
   */
  constructor(module, { initialMegabytes = 32, maximumMegabytes = 2048 } = {}) {
    const pages = (megabytes) => (megabytes * 1048576) / pageSize
    this.memory = new WebAssembly.Memory({ initial: pages(initialMegabytes), maximum: pages(maximumMegabytes) })
    /** The functions of docs/abi.md. */
    this.exports = new WebAssembly.Instance(module, { env: { memory: this.memory } }).exports
    this.exports._initialize?.()
  }

  /** A view of the engine's memory; gone as soon as the memory grows. */
  bytes(address, count) {
    return new Uint8Array(this.memory.buffer, address, count)
  }

  /** A view of the engine's memory; gone as soon as the memory grows. */
  floats(address, count) {
    return new Float32Array(this.memory.buffer, address, count)
  }

  /**
   * Lays parts one behind the other into the inbox.
   * @param {...(string | ArrayBufferView)} parts
   * @returns {number} their bytes together, as most functions want to know
   */
  give(...parts) {
    const pieces = parts.map((part) => (typeof part === 'string' ? utf8(part) : bytesOf(part)))
    const count = pieces.reduce((sum, piece) => sum + piece.length, 0)
    const room = this.bytes(this.exports.inbox(count), count)
    let at = 0
    for (const piece of pieces) {
      room.set(piece, at)
      at += piece.length
    }
    return count
  }

  /**
   * What a function made: `engine.taken(engine.exports.document_json())`.
   * @param {number} [status] what the function returned
   * @returns {Uint8Array} a copy of the outbox
   * @throws {StarlingError} with the engine's sentence when it refused
   */
  taken(status) {
    const bytes = this.bytes(this.exports.outbox_address(), this.exports.outbox_count()).slice()
    if (status === refused) throw new StarlingError(textOf(bytes))
    return bytes
  }

  /** The same as text. @param {number} [status] @returns {string} */
  text(status) {
    return textOf(this.taken(status))
  }

  /** The same as what its JSON says. @param {number} [status] @returns {any} */
  json(status) {
    return JSON.parse(this.text(status))
  }
}

/** The bytes behind any view. @param {ArrayBufferView} view @returns {Uint8Array} */
export function bytesOf(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}
