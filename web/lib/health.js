/** Whether the sound runs as it should: dropouts, delay, load. */
import { hopSize } from '../shared/abi.js'
import { Status } from '../shared/status.js'

const workerUrl = new URL('../workers/load-worker.js', import.meta.url)
const lookMilliseconds = 500
// Starting makes dropouts that nobody hears; counting begins after it.
const settleMilliseconds = 4000
// The load is that of about the last three seconds.
const forgetting = 0.3
// Firefox holds what its audio thread waits for while it asks the sound card for the delay, and now and then stops for good
// (seen with Firefox 153 ESR on PulseAudio). It is not asked.
const tellsDelay = !navigator.userAgent.includes('Firefox')

export class Health {
  #changed
  #audio
  #baseline = null
  #startedAt = 0
  #load = null
  #timer = null
  #watcher = null

  /** @param {import('./audio.js').Audio} audio @param {() => void} changed */
  constructor(audio, changed) {
    this.#audio = audio
    this.#changed = changed
  }

  /** To be called when the audio thread has begun. */
  start() {
    this.#startedAt = performance.now()
    this.#baseline = null
    this.#watchLoad()
    this.#timer ??= setInterval(() => this.#look(), lookMilliseconds)
  }

  /** See `Starling.health`. */
  get value() {
    const { context, link } = this.#audio
    return {
      dropouts: this.#baseline === null ? 0 : this.#count() - this.#baseline,
      counted: Boolean(context?.playbackStats),
      delaySeconds: link && tellsDelay ? this.outputSeconds + hopSize / context.sampleRate : null,
      load: this.#load,
      faults: link?.status[Status.faults] ?? 0,
      isolated: globalThis.SharedArrayBuffer !== undefined,
      sampleRate: context?.sampleRate ?? null,
      memory: link?.kind ?? null,
    }
  }

  /** How long the sound takes from the engine to the ear, as the browser states it; 0 where it is not asked. */
  get outputSeconds() {
    const { context } = this.#audio
    return context && tellsDelay ? context.baseLatency + (context.outputLatency || 0) : 0
  }

  #look() {
    const hasSettled = performance.now() - this.#startedAt > settleMilliseconds
    if (hasSettled) this.#baseline ??= this.#count()
    this.#changed()
  }

  // Where the browser does not count, gaps between callbacks do.
  #count() {
    const { context, link } = this.#audio
    return context.playbackStats?.underrunEvents ?? link?.status[Status.gaps] ?? 0
  }

  // Only by shared memory can the audio thread be watched.
  #watchLoad() {
    const { link, quantumMilliseconds } = this.#audio
    this.#watcher?.terminate()
    this.#load = null
    if (link.kind !== 'shared') return
    this.#watcher = new Worker(workerUrl, { type: 'module' })
    this.#watcher.onmessage = ({ data: { load } }) => (this.#load = blend(this.#load ?? load, load, forgetting))
    this.#watcher.postMessage({ status: link.parts.status, quantumMilliseconds })
  }
}

const blend = (from, to, amount) => from + amount * (to - from)
