/** The page's end of the storage worker. */
import { Record } from '../shared/abi.js'

const workerUrl = new URL('../workers/storage-worker.js', import.meta.url)

export class Storage {
  #worker = new Worker(workerUrl, { type: 'module' })
  #events
  #opened
  #resolveOpened
  #state = 'saved'
  #ticket = 0
  #savedTicket = 0
  #savedAt = null
  #hasAsked = false

  /** @param {{ saved: () => void, notice: (notice: { kind: string, message: string }) => void }} events */
  constructor(events) {
    this.#events = events
    this.#opened = new Promise((resolve) => (this.#resolveOpened = resolve))
    this.#worker.onmessage = ({ data }) => this.#receive(data)
    this.#worker.onerror = () => this.#fail()
  }

  /**
   * Reads what was kept.
   * @param {WebAssembly.Module} module document.wasm
   * @returns {Promise<{ document: Uint8Array | null, blobs: object[], recovered?: boolean, message?: string }>}
   */
  open(module) {
    this.#worker.postMessage({ type: 'open', module })
    return this.#opened
  }

  /** See `Starling.saved`. */
  get saved() {
    const secondsAgo = this.#savedAt === null ? null : (performance.now() - this.#savedAt) / 1000
    const isWaiting = this.#state === 'saved' && this.#savedTicket < this.#ticket
    return { state: isWaiting ? 'saving' : this.#state, secondsAgo, where: 'this computer' }
  }

  /** Everything anew. */
  replace(document, blobs) {
    this.#post({ type: 'replace', document, blobs })
  }

  /** @param {Uint8Array} bytes of a command as applied */
  command(bytes) {
    this.#record({ kind: Record.command, parts: [bytes] })
  }

  takeBegin(about) {
    this.#record({ kind: Record.takeBegin, parts: [JSON.stringify(about)] })
  }

  takePart(count, columns, rows, sound) {
    this.#record({ kind: Record.takePart, parts: [new Uint32Array([count, columns]), rows, sound] })
  }

  takeEnd() {
    this.#record({ kind: Record.takeEnd, parts: [] })
  }

  /** A kept take in one piece: its blobs, the command, and the end of its parts if it was held. */
  take(blobs, command, wasHeld) {
    this.#askToPersist()
    const records = blobs.map(({ bytes }) => ({ kind: Record.blob, parts: [bytes] }))
    const end = wasHeld ? [{ kind: Record.takeEnd, parts: [] }] : []
    this.#record(...records, { kind: Record.command, parts: [command] }, ...end)
  }

  // Now there is something to lose: the browser is not to clear it away when it needs room. It may refuse.
  #askToPersist() {
    if (!this.#hasAsked) navigator.storage?.persist?.().catch(() => {})
    this.#hasAsked = true
  }

  #record(...records) {
    this.#post({ type: 'record', records })
  }

  #post(message) {
    this.#ticket += 1
    this.#worker.postMessage({ ...message, ticket: this.#ticket })
    this.#events.saved()
  }

  #receive({ type, ...data }) {
    if (type === 'opened') this.#resolveOpened(data)
    else if (type === 'notice') this.#events.notice(data)
    else if (type === 'state') this.#become(data.state)
    else this.#confirm(data.ticket)
  }

  #confirm(ticket) {
    this.#savedTicket = ticket
    this.#savedAt = performance.now()
    this.#events.saved()
  }

  #become(state) {
    this.#state = state
    this.#events.saved()
  }

  #fail() {
    this.#become('none')
    this.#resolveOpened({ document: null, blobs: [] })
    const message = 'The saving program could not be loaded, so nothing is saved. Reload the page, or export the project.'
    this.#events.notice({ kind: 'error', message })
  }
}
