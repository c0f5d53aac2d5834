/**
 * Hands trained weights to the audio thread: for each model the newest, one at a time.
 *
 * Keeps the newest of each model, so that an audio thread that begins later gets them too.
 */
import { MailboxWriter } from '../shared/mailbox.js'

const retryMilliseconds = 5

export class WeightsPublisher {
  /** By the model's key. @type {Map<number, Uint8Array>} */
  newest = new Map()
  #waiting = new Set()
  #send = null
  #lastKey = null
  #mailbox = null

  /** @param {{ buffer: SharedArrayBuffer, capacity: number } | null} mailbox null: by messages to the page */
  connect(mailbox) {
    this.#mailbox = mailbox && new MailboxWriter(mailbox.buffer, mailbox.capacity)
    this.#send = mailbox ? (key, bytes) => this.#mailbox.write(key, bytes) : postWeights
    this.#waiting = new Set(this.newest.keys())
    this.#flush()
  }

  /** @param {number} key of the model @param {Uint8Array} bytes */
  publish(key, bytes) {
    this.newest.set(key, bytes)
    this.#waiting.add(key)
    this.#flush()
  }

  /** Another project: what was learned belongs to the last. */
  forget() {
    this.newest.clear()
    this.#waiting.clear()
  }

  #flush() {
    if (!this.#send) return
    for (const key of this.#waiting) {
      // In the mailbox the newest wins, which is right only for the same model.
      if (this.#mailbox?.isWaiting && this.#lastKey !== key) {
        setTimeout(() => this.#flush(), retryMilliseconds)
        return
      }
      this.#waiting.delete(key)
      this.#lastKey = key
      this.#send(key, this.newest.get(key))
    }
  }
}

function postWeights(key, bytes) {
  self.postMessage({ type: 'weights', key, bytes })
}
