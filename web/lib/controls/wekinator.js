/**
 * The page in Wekinator's place: frames of inputs come to /wek/inputs, outputs go to /wek/outputs. docs/controls.md has the words.
 *
 * StarlingWekinator (osc.wasm) understands the words and says what is to be done; here it is done: changes go into the
 * project, packets to the bridge, and frames are answered by the page's engine at its next hop.
 */
import { now } from '../../shared/clock.js'
import { EngineInstance, textOf } from '../../shared/abi.js'
import { loadOscModule } from '../osc.js'
import { indexOf } from './records.js'

const controlRoot = '/wekinator/'
const settleMilliseconds = 300
const longestTraining = 60_000
const mostSeconds = 86_400
const separator = new Uint8Array(1)

export class Wekinator {
  #starling
  #session
  #ports
  #parts
  #record = null
  #target = null
  #engine = null
  /** Whether the project has changed since the engine heard of it. */
  #isBehind = false
  /** Rows of gestures that the engine has. */
  #known = new Set()
  #paths = []
  #frame = null
  #sent = []
  #sentAt = 0
  #timer = 0
  /** Whoever sent the packet that is being received. */
  #sender = null

  /**
   * @param {import('../starling.js').Starling} starling
   * @param {import('../session.js').Session} session
   * @param {import('./osc-ports.js').OscPorts} ports
   * @param {{ value: (id: string) => number, fault: (error: Error) => void, changed: () => void }} parts
   */
  constructor(starling, session, ports, parts) {
    this.#starling = starling
    this.#session = session
    this.#ports = ports
    this.#parts = parts
    ports.osc.addEventListener('packet', ({ detail }) => this.#receive(detail))
    starling.addEventListener('document', () => (this.#isBehind = true))
  }

  /** Begins, goes on or ends as the project says. @param {object | null} record of `sends` */
  adopt(record) {
    if (record === this.#record) return
    const isSamePort = record?.listen === this.#record?.listen
    this.#record = record
    this.#target = null
    this.#frame = null
    if (!isSamePort) this.#engine = null
    if (!record) return
    this.#ports.target(record.host, record.port).then((target) => (this.#target = target), this.#parts.fault)
    if (!this.#engine) this.#begin(record).catch(this.#parts.fault)
  }

  /** Whether a message is meant for it alone. @param {import('../osc.js').Message} message */
  takes({ address, port }) {
    return port === this.#record?.listen && address.startsWith(controlRoot)
  }

  /** To be called after each hop: answers the newest frame once the engine has seen it, and again while the answer moves. */
  look() {
    if (!this.#target || !this.#frame) return
    if (!this.#frame.isAnswered && !this.#isSeen()) return
    const values = this.#paths.map((path) => this.#starling.bus.value(path))
    const isSame = values.every((value, index) => value === this.#sent[index])
    const time = performance.now()
    if (this.#frame.isAnswered && (isSame || time - this.#sentAt < 1000 / this.#record.rate)) return
    this.#frame.isAnswered = true
    this.#sent = values
    this.#sentAt = time
    this.#ask((calls, engine) => calls.wekinator_answer(engine.give(new Float32Array(values))))
  }

  #isSeen() {
    return this.#starling.ordered('controls').every(
      ({ id, source, port }) => source !== 'osc' || port !== this.#record.listen || this.#isOnBus(id))
  }

  // The bus has floats.
  #isOnBus(id) {
    return this.#starling.bus.value(`/listen/control/${indexOf(id) + 1}`) === this.#parts.value(id)
  }

  async #begin(record) {
    const engine = new EngineInstance(await loadOscModule())
    if (record.listen !== this.#record?.listen) return
    this.#engine = engine
    this.#known.clear()
    this.#isBehind = true
    this.#ask((calls) => calls.wekinator_begin(engine.give(this.#session.document.json), record.listen))
  }

  #receive({ bytes, port, sender }) {
    if (!this.#engine || port !== this.#record?.listen) return
    this.#sender = sender
    this.#follow()
    this.#ask((calls, engine) => calls.wekinator_receive(engine.give(bytes), now() / 1000, Date.now() / 1000))
  }

  // The engine's own changes come back by the project, as everybody's do.
  #follow() {
    if (!this.#isBehind) return
    this.#isBehind = false
    this.#ask((calls, engine) => calls.wekinator_follow(engine.give(this.#session.document.json, separator, ...this.#newRows())))
  }

  /** Rows of takes of gestures, each behind its size. */
  #newRows() {
    const gestures = new Set(this.#starling.ordered('models', { drive: 'gesture' }).map(({ id }) => id))
    const { categories, takes } = this.#starling.document
    const rows = Object.values(takes).filter(({ category }) => gestures.has(categories[category].model)).map((take) => take.rows)
    const added = [...new Set(rows)].filter((name) => name && !this.#known.has(name))
    return added.flatMap((name) => {
      this.#known.add(name)
      const bytes = this.#session.document.blob(name)
      return [new Uint32Array([bytes.length]), bytes]
    })
  }

  // MARK: What it says is to be done

  #ask(call) {
    const engine = this.#engine
    if (!engine) return
    try {
      const bytes = engine.taken(call(engine.exports, engine))
      const end = bytes.indexOf(0)
      const { acts, running, due, paths } = JSON.parse(textOf(bytes.subarray(0, end)))
      this.#paths = paths ?? this.#paths
      if (!running) this.#frame = null
      this.#do(acts, bytes.subarray(end + 1))
      this.#wait(due)
    } catch (error) {
      this.#parts.fault(error)
    }
  }

  #do(acts, bytes) {
    let at = 0
    for (const act of acts) {
      this[`_${act.act}`](act, bytes.slice(at, at + act.count))
      at += act.count
    }
  }

  _send({ to }, packet) {
    if (to === 'listener') return this.#target?.sendPacket(packet)
    const { host, port } = to === 'sender' ? this.#sender : { host: this.#record.host, port: this.#record.port + 1 }
    this.#ports.target(host, port).then((target) => target.sendPacket(packet), () => {})
  }

  _change({ command }, rows) {
    this.#session.change(command, rows.length > 0 ? [rows] : [])
  }

  _warn({ text }) {
    this.#parts.fault(new Error(text))
  }

  _run() {
    this.#frame = { isAnswered: false }
  }

  // The page trains by itself; whoever asks is told when it has done so.
  async _train() {
    const end = performance.now() + longestTraining
    const pause = () => new Promise((resolve) => setTimeout(resolve, settleMilliseconds))
    do await pause()
    while (performance.now() < end && this.#starling.training.models.some(({ progress, message }) => progress < 1 && !message))
    this.#ask((calls) => calls.wekinator_trained())
  }

  // Bundles are due at their time.
  #wait(due) {
    clearTimeout(this.#timer)
    if (due === null) return
    const milliseconds = Math.min(mostSeconds, Math.max(0, due - Date.now() / 1000)) * 1000
    this.#timer = setTimeout(() => {
      this.#follow()
      this.#ask((calls) => calls.wekinator_release(now() / 1000, Date.now() / 1000))
    }, Math.ceil(milliseconds))
  }
}
