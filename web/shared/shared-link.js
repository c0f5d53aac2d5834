/**
 * The way between page and audio thread by shared memory: nobody sends messages, nobody waits.
 *
 * `PortLink` has the same members and does without shared memory.
 */
import { ControlRing } from './control-ring.js'
import { MailboxReader, MailboxWriter } from './mailbox.js'
import { MemoryRing } from './memory-ring.js'
import { statusCount } from './status.js'

/** The page's end. */
export class SharedLink {
  kind = 'shared'
  #plan
  #sound

  /**
   * @param {number} sampleRate in Hz
   * @param {number} blobCapacity the longest plan or weights in bytes
   */
  constructor(sampleRate, blobCapacity) {
    const mailboxBytes = MailboxWriter.byteCount(blobCapacity)
    /** What the audio thread's end is made from. */
    this.parts = {
      kind: this.kind,
      blobCapacity,
      events: new SharedArrayBuffer(ControlRing.byteCount),
      plan: new SharedArrayBuffer(mailboxBytes),
      weights: new SharedArrayBuffer(mailboxBytes),
      sound: new SharedArrayBuffer(mailboxBytes),
      memory: new SharedArrayBuffer(MemoryRing.byteCount(sampleRate)),
      status: new SharedArrayBuffer(statusCount * 4),
    }
    /** @type {ControlRing} */
    this.events = new ControlRing(this.parts.events)
    this.#plan = new MailboxWriter(this.parts.plan, blobCapacity)
    this.#sound = new MailboxWriter(this.parts.sound, blobCapacity)
    /** @type {MemoryRing} */
    this.memory = new MemoryRing(this.parts.memory)
    /** @type {Int32Array} see `Status` */
    this.status = new Int32Array(this.parts.status)
    /** Where the training worker writes weights itself. */
    this.weightsMailbox = { buffer: this.parts.weights, capacity: blobCapacity }
  }

  /** Shared memory needs no connection. */
  connect() {}

  /** Sends a plan. @param {Uint8Array} bytes */
  sendPlan(bytes) {
    this.#plan.write(0, bytes)
  }

  /** Sends a sound for a place 0…7; the one before must have been taken. @param {number} place @param {Uint8Array} bytes */
  sendSound(place, bytes) {
    this.#sound.write(place, bytes)
  }
}

/** The audio thread's end. */
export class SharedAudioLink {
  constructor(parts) {
    this.events = new ControlRing(parts.events)
    this.plan = new MailboxReader(parts.plan, parts.blobCapacity)
    this.weights = new MailboxReader(parts.weights, parts.blobCapacity)
    this.sound = new MailboxReader(parts.sound, parts.blobCapacity)
    this.memory = new MemoryRing(parts.memory)
    this.status = new Int32Array(parts.status)
  }
}
