/**
 * The way between page and audio thread without shared memory: by messages, few and of fixed size.
 *
 * The audio thread gathers hops in 16 buffers that travel back and forth, four hops (eight quanta of 128) at a
 * time; where the page is too late to return one, hops are lost and counted. Members as in `SharedLink`.
 */
import { hopSize, rowWidth } from './abi.js'
import { ControlRing } from './control-ring.js'
import { MailboxReader, MailboxWriter } from './mailbox.js'
import { MemoryRing } from './memory-ring.js'
import { Status, statusCount } from './status.js'

const poolCount = 16
const hopsPerBatch = 4
const batchSound = hopsPerBatch * hopSize
const batchFloats = statusCount + batchSound + hopsPerBatch * rowWidth
const mostAhead = 8192

/** The page's end. */
export class PortLink {
  kind = 'copied'
  weightsMailbox = null
  #port = null

  /** The arguments of `SharedLink`. */
  constructor(sampleRate, blobCapacity) {
    this.parts = { kind: this.kind, blobCapacity }
    this.memory = new MemoryRing(new ArrayBuffer(MemoryRing.byteCount(sampleRate)))
    this.status = new Int32Array(statusCount)
    this.events = { push: (...event) => this.#send({ event }) }
  }

  /** @param {MessagePort} port of the worklet node */
  connect(port) {
    this.#port = port
    port.addEventListener('message', ({ data }) => data.batch && this.#receive(data.batch))
  }

  sendPlan(bytes) {
    this.#send({ plan: bytes })
  }

  sendWeights(key, bytes) {
    this.#send({ weights: bytes, key })
  }

  sendSound(place, bytes) {
    this.#send({ sound: bytes, place })
  }

  #send(message) {
    this.#port?.postMessage(message)
    return true
  }

  #receive(batch) {
    const { status, sound, rows } = partsOf(batch)
    this.status.set(status)
    for (let hop = 0; hop < hopsPerBatch; hop += 1) {
      this.memory.addSound(sound.subarray(hop * hopSize, (hop + 1) * hopSize))
      this.memory.addRow(rows.subarray(hop * rowWidth, (hop + 1) * rowWidth))
    }
    this.#port.postMessage({ batch }, [batch])
  }
}

/** The audio thread's end. */
export class PortAudioLink {
  constructor({ blobCapacity }, port) {
    const mailbox = () => new ArrayBuffer(MailboxWriter.byteCount(blobCapacity))
    const planBuffer = mailbox()
    const weightsBuffer = mailbox()
    const soundBuffer = mailbox()
    const soundWriter = new MailboxWriter(soundBuffer, blobCapacity)
    const planWriter = new MailboxWriter(planBuffer, blobCapacity)
    const weightsWriter = new MailboxWriter(weightsBuffer, blobCapacity)
    this.events = new ControlRing(new ArrayBuffer(ControlRing.byteCount))
    this.plan = new MailboxReader(planBuffer, blobCapacity)
    this.weights = new MailboxReader(weightsBuffer, blobCapacity)
    this.sound = new MailboxReader(soundBuffer, blobCapacity)
    this.status = new Int32Array(statusCount)
    this.memory = new BatchSender(port, this.status)
    port.onmessage = ({ data }) => {
      if (data.batch) this.memory.recycle(data.batch)
      else if (data.event) this.events.push(...data.event)
      else if (data.plan) planWriter.write(0, data.plan)
      else if (data.sound) soundWriter.write(data.place, data.sound)
      else if (data.weights) weightsWriter.write(data.key, data.weights)
    }
  }
}

/** Takes the writer's place of `MemoryRing`. Sound that runs ahead of its row is carried into the next batch. */
class BatchSender {
  #port
  #status
  #free = Array.from({ length: poolCount }, () => new ArrayBuffer(batchFloats * 4))
  #ahead = new Float32Array(mostAhead)
  #batch = null
  #soundCount = 0
  #rowCount = 0

  constructor(port, status) {
    this.#port = port
    this.#status = status
    this.#batch = partsOf(this.#free.pop())
  }

  addSound(samples) {
    const fitting = Math.min(samples.length, batchSound - this.#soundCount)
    this.#batch?.sound.set(samples.subarray(0, fitting), this.#soundCount)
    if (fitting < samples.length) this.#ahead.set(samples.subarray(fitting), this.#soundCount + fitting - batchSound)
    this.#soundCount += samples.length
  }

  addRow(row) {
    this.#batch?.rows.set(row, this.#rowCount * rowWidth)
    this.#rowCount += 1
    if (this.#rowCount === hopsPerBatch) this.#finish()
  }

  recycle(batch) {
    this.#free.push(batch)
  }

  #finish() {
    if (this.#batch) this.#post(this.#batch)
    else this.#status[Status.lostHops] += hopsPerBatch
    const ahead = this.#ahead.subarray(0, this.#soundCount - batchSound)
    this.#rowCount = 0
    this.#soundCount = 0
    const buffer = this.#free.pop()
    this.#batch = buffer ? partsOf(buffer) : null
    this.addSound(ahead)
  }

  #post({ buffer, status }) {
    status.set(this.#status)
    this.#port.postMessage({ batch: buffer }, [buffer])
  }
}

function partsOf(buffer) {
  const soundAt = statusCount * 4
  const rowsAt = soundAt + batchSound * 4
  return {
    buffer,
    status: new Int32Array(buffer, 0, statusCount),
    sound: new Float32Array(buffer, soundAt, batchSound),
    rows: new Float32Array(buffer, rowsAt),
  }
}
