/**
 * The sounds that instruments play: on their way from files and the memory into the document, and from there to the
 * audio thread, one after the other.
 */
import { Status } from '../shared/status.js'
import { StarlingError, explained } from './errors.js'
import { play } from './hearing.js'

const lookMilliseconds = 15
const headerFloats = 16
/** How many places there are. */
export const placeCount = 8

export class Sounds {
  #parts
  #events
  /** What the audio thread has in each place, or is being sent. */
  #sent = []
  #timer = null
  #expected = 0
  /** The way to the audio thread, once that is ready. */
  #link = null

  /**
   * @param {object} parts
   * @param {import('./project-document.js').ProjectDocument} parts.document
   * @param {import('./memory.js').Memory} parts.memory
   * @param {import('./audio.js').Audio} parts.audio
   * @param {object} events
   * @param {(command: object, kept: object) => void} events.applied a command with its blobs
   * @param {(message: string) => void} events.notice a sentence for the player
   */
  constructor(parts, events) {
    this.#parts = parts
    this.#events = events
  }

  // To the audio thread

  /** Begins anew with an engine that has no sounds. */
  connect() {
    this.#link = this.#parts.audio.link
    this.#sent = new Array(placeCount).fill('')
    this.#expected = this.#link.status[Status.sounds]
    clearTimeout(this.#timer)
    this.#timer = null
    this.send()
  }

  /** Sends what differs from what the audio thread has. */
  send() {
    if (this.#timer === null && this.#link) this.#sendNext()
  }

  // The next one only when the last has been taken: a mailbox forgets what still waits.
  #sendNext() {
    this.#timer = null
    const isUnderWay = this.#link.status[Status.sounds] < this.#expected || this.#sendOne()
    if (isUnderWay) this.#timer = setTimeout(() => this.#sendNext(), lookMilliseconds)
  }

  // Whether there was one to send.
  #sendOne() {
    const { document } = this.#parts
    const wanted = new Array(placeCount).fill(null)
    for (const record of document.ordered('sounds')) wanted[record.place - 1] = record
    const place = wanted.findIndex((record, index) => keyOf(record) !== this.#sent[index])
    if (place < 0) return false
    const record = wanted[place]
    this.#sent[place] = keyOf(record)
    this.#link.sendSound(place, this.#words(record))
    this.#expected += 1
    return true
  }

  #words(record) {
    try {
      if (record) return this.#parts.document.bankWords(record.id)
    } catch (error) {
      this.#events.notice(error.message)
    }
    return new Uint8Array(4 * headerFloats)
  }

  // Into the document

  /** See `Starling.loadSound`. */
  async load(place, file, name = file.name) {
    const bytes = file instanceof ArrayBuffer ? file.slice(0) : await file.arrayBuffer()
    const context = this.#parts.audio.context ?? new OfflineAudioContext(1, 1, 48000)
    const title = name ?? 'Sound'
    const decode = () => context.decodeAudioData(bytes)
    const sound = await explained(decode, `“${title}” is not a sound file that the browser can read. Try a WAV file.`)
    this.#keep(place, title, sound.sampleRate, mixed(sound))
  }

  /** See `Starling.keepSound`. */
  keepMoment(place, { seconds, from = seconds, to = 0, name = 'From the microphone' }) {
    const { memory } = this.#parts
    const { hop, count } = memory.between(from, to)
    const copy = count > 0 && memory.copy(hop, count, 1)
    if (!copy) throw new StarlingError('Nothing was heard at that time. Start the sound, then choose a moment of the last 30 seconds.')
    this.#keep(place, name, memory.sampleRate, copy.sound)
  }

  #keep(place, name, sampleRate, samples) {
    const { document } = this.#parts
    const fitting = this.longest(sampleRate)
    const command = document.keepSound({ name, place, sampleRate: Math.round(sampleRate) }, samples)
    const { value } = command.changes.findLast(({ table, field }) => table === 'sounds' && field === 'sound')
    this.#events.applied(command, { blobs: [{ id: value, bytes: document.blob(value) }], rows: [], wasHeld: false })
    if (samples.length / sampleRate <= fitting) return
    this.#events.notice(`“${name}” is ${(samples.length / sampleRate).toFixed(1)} s long: its first ${fitting.toFixed(1)} s were kept, which is all that fits. Cut it first to keep another part.`)
  }

  /** How long a sound may be, in seconds, at a sample rate. @param {number} sampleRate */
  longest(sampleRate) {
    const floats = this.#parts.document.catalogue.blobCapacity / 4 - headerFloats
    return floats / sampleRate
  }

  /** Plays a sound beside the instruments; see `Starling.hearSound`. */
  hear(id) {
    const { audio, document } = this.#parts
    if (!audio.isRunning) throw new StarlingError('The sound has not been started. Start it, then hear this.')
    return play(audio.context, document.sound(id), {})
  }
}

const keyOf = (record) => (record ? [record.sound, record.root, record.from, record.to].join() : '')

/** All channels mixed to one. @param {AudioBuffer} sound @returns {Float32Array} */
function mixed(sound) {
  const [first, ...others] = Array.from({ length: sound.numberOfChannels }, (_, channel) => sound.getChannelData(channel))
  const samples = first.slice()
  for (const other of others) for (let i = 0; i < samples.length; i += 1) samples[i] += other[i]
  for (let i = 0; i < samples.length; i += 1) samples[i] /= others.length + 1
  return samples
}
