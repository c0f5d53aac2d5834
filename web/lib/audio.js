/**
 * The sound: an AudioContext and the engine in its worklet.
 *
 * A worklet whose engine has failed is replaced at once; everything it needs is sent again by `onConnect`.
 */
import { textOf } from '../shared/abi.js'
import { PortLink } from '../shared/port-link.js'
import { SharedLink } from '../shared/shared-link.js'
import { StarlingError, explained } from './errors.js'

const processorUrl = new URL('../worklet/starling-processor.js', import.meta.url)
const resumeMilliseconds = 3000
const restartMilliseconds = 5000

export class Audio {
  /** @type {AudioContext | null} */
  context = null
  /** Where inputs join. @type {AudioNode | null} */
  input = null
  /** @type {SharedLink | PortLink | null} */
  link = null
  #engine
  #events
  #node = null
  #tap = null
  #loading = null
  #startedAt = 0

  /**
   * @param {{ module: WebAssembly.Module, url: URL, blobCapacity: number, listening: () => number[] }} engine listening: what
   *   `engine_create` wants to know of the project
   * @param {{ onConnect: () => void, onState: () => void, onBroken: (isReplaced: boolean) => void }} events
   */
  constructor(engine, events) {
    this.#engine = engine
    this.#events = events
  }

  /** Whether sound runs at this moment. */
  get isRunning() {
    return this.#node !== null && this.context.state === 'running'
  }

  /** How long the sound of one callback lasts. */
  get quantumMilliseconds() {
    return (1000 * (this.context.renderQuantumSize ?? 128)) / this.context.sampleRate
  }

  /** Starts, or goes on after an interruption. Call it from a click or a key. @throws {StarlingError} */
  async start() {
    if (!this.context) this.#open()
    await (this.#loading ??= this.#load().catch((error) => this.#giveUp(error)))
    await this.#resume()
  }

  #open() {
    if (!globalThis.AudioWorkletNode) {
      const reason = isSecureContext ? 'This browser cannot run' : 'Over plain http this browser does not allow'
      throw new StarlingError(
        `${reason} sound programs in pages (AudioWorklet). Open Starling by https or on this computer by http://localhost, in a current browser. Everything but sound works here.`,
      )
    }
    if (navigator.audioSession) navigator.audioSession.type = 'play-and-record'
    this.context = new AudioContext({ latencyHint: 'interactive' })
    this.context.onstatechange = () => this.#stateChanged()
    // The browser asks that this comes straight from the click.
    this.context.resume().catch(() => {})
  }

  async #load() {
    const load = () => this.context.audioWorklet.addModule(processorUrl)
    await explained(load, 'The sound program could not be loaded. Reload the page.')
    this.input = new GainNode(this.context)
    await this.#connect()
  }

  #giveUp(error) {
    this.#loading = null
    throw error
  }

  async #connect() {
    // Some browsers isolate a page and still have no shared memory; all that have it need isolation.
    const Link = globalThis.SharedArrayBuffer ? SharedLink : PortLink
    this.link = new Link(this.context.sampleRate, this.#engine.blobCapacity)
    const node = await this.#makeNode()
    this.link.connect(node.port)
    await saysReady(node)
    node.port.addEventListener('message', ({ data }) => data.broken && this.#replace())
    this.#node = node
    this.#startedAt = performance.now()
    this.input.connect(node).connect(this.context.destination)
    this.#events.onConnect()
  }

  async #makeNode() {
    const common = { link: this.link.parts, listening: this.#engine.listening() }
    try {
      return makeNode(this.context, { module: this.#engine.module, ...common })
    } catch (error) {
      // Some browsers cannot send compiled modules to a worklet.
      if (error.name !== 'DataCloneError') throw error
      const bytes = await (await fetch(this.#engine.url)).arrayBuffer()
      return makeNode(this.context, { bytes, ...common })
    }
  }

  /** Puts a new engine in the place of the one that runs, which takes over how the project listens; the sound stops for a moment. */
  async renew() {
    if (!this.#node) return
    this.#disconnect()
    await this.#connect()
  }

  #disconnect() {
    this.input.disconnect()
    this.#node.disconnect()
    this.#node = null
    this.#tap = null
  }

  async #replace() {
    const isReplaced = performance.now() - this.#startedAt > restartMilliseconds
    this.#disconnect()
    if (isReplaced) await this.#connect()
    else this.#loading = null
    this.#events.onBroken(isReplaced)
  }

  async #resume() {
    const timeout = new Promise((resolve) => setTimeout(resolve, resumeMilliseconds))
    await Promise.race([this.context.resume().catch(() => {}), timeout])
    if (this.context.state === 'running') return
    throw new StarlingError(
      'The browser does not let the sound begin. Click the page and try again; if that does not help, check that this computer has a sound output.',
    )
  }

  /** The newest sound that is heard, both channels mixed; silence where there is none. @param {Float32Array} into up to 8192 samples */
  listenToOutput(into) {
    if (!this.isRunning) {
      into.fill(0)
      return
    }
    if (this.#tap === null) {
      this.#tap = new AnalyserNode(this.context, { fftSize: 8192 })
      this.#node.connect(this.#tap)
    }
    this.#tap.getFloatTimeDomainData(into)
  }

  // A call or another program took the sound: the next touch or key brings it back.
  #stateChanged() {
    this.#events.onState()
    if (this.context.state === 'running') return
    addEventListener('pointerup', () => this.context.resume().catch(() => {}), { once: true })
  }
}

// One channel in, mixed down by the browser itself, and two out.
function makeNode(context, processorOptions) {
  return new AudioWorkletNode(context, 'starling', {
    numberOfInputs: 1,
    channelCount: 1,
    channelCountMode: 'explicit',
    outputChannelCount: [2],
    processorOptions,
  })
}

function saysReady(node) {
  return new Promise((resolve, reject) => {
    node.port.addEventListener('message', ({ data }) => {
      if (data.ready) resolve()
      if (data.failure) reject(new StarlingError(textOf(data.failure)))
    })
    node.onprocessorerror = () => reject(new StarlingError('The sound program could not begin. Reload the page.'))
    node.port.start()
  })
}
