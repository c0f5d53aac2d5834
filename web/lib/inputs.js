/** What the engine listens to: a microphone, another device, a test tone or a sound file in its place. */
import { StarlingError, explained, microphoneError } from './errors.js'
import { seamless } from './sound-file.js'

const toneHertz = 440
const toneGain = 0.25
const processing = ['echoCancellation', 'noiseSuppression', 'autoGainControl']
const processingWords = ['echo cancellation', 'noise suppression', 'automatic gain']
const silence = Object.freeze({ kind: 'none', label: 'Off', warning: '' })

export class Inputs {
  /** `{ kind, label, warning, deviceId? }`; the warning is a sentence or empty. */
  current = silence
  #audio
  #changed
  #lost
  #joined = null

  /**
   * @param {import('./audio.js').Audio} audio
   * @param {() => void} changed the input or the list of devices is another
   * @param {(message: string) => void} lost a device went away while in use
   */
  constructor(audio, changed, lost) {
    this.#audio = audio
    this.#changed = changed
    this.#lost = lost
    navigator.mediaDevices?.addEventListener('devicechange', changed)
  }

  /** The devices there are; names only once a microphone has been allowed. @returns {Promise<{ id: string, label: string }[]>} */
  async list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? []
    const microphones = devices.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId)
    return microphones.map(({ deviceId, label }, index) => ({ id: deviceId, label: label || `Microphone ${index + 1}` }))
  }

  /**
   * Listens to something else from now on. What was heard before goes on if this fails.
   * @param {'microphone' | 'tone' | 'none' | { deviceId: string } | File | ArrayBuffer} choice
   * @throws {StarlingError}
   */
  async choose(choice) {
    if (!this.#audio.input) throw new StarlingError('Start the sound before you choose an input.')
    const joined = await this.#make(choice)
    this.#leave()
    this.#joined = joined
    joined.source?.connect(this.#audio.input)
    this.current = Object.freeze(joined.about)
    this.#changed()
  }

  #make(choice) {
    if (choice === 'none') return { about: silence }
    if (choice === 'tone') return this.#tone()
    if (choice instanceof globalThis.Blob || choice instanceof ArrayBuffer) return this.#file(choice)
    if (choice === 'microphone' || choice?.deviceId) return this.#microphone(choice.deviceId)
    throw new StarlingError(
      `Starling cannot listen to ${JSON.stringify(choice)}. Choose 'microphone', 'tone', 'none', { deviceId }, a File or an ArrayBuffer.`,
    )
  }

  #tone() {
    const { context } = this.#audio
    const tone = new OscillatorNode(context, { frequency: toneHertz })
    tone.start()
    const about = { kind: 'tone', label: `Test tone, ${toneHertz} Hz`, warning: '' }
    return { about, source: tone.connect(new GainNode(context, { gain: toneGain })), stop: () => tone.stop() }
  }

  async #file(file) {
    const { context } = this.#audio
    const bytes = file instanceof ArrayBuffer ? file.slice(0) : await file.arrayBuffer()
    const decode = () => context.decodeAudioData(bytes)
    const sound = await explained(decode, 'This is not a sound file that the browser can read. Try a WAV file.')
    const source = new AudioBufferSourceNode(context, { buffer: seamless(sound), loop: true })
    source.start()
    return { about: { kind: 'file', label: file.name ?? 'Sound file', warning: '' }, source, stop: () => source.stop() }
  }

  async #microphone(deviceId) {
    if (!navigator.mediaDevices) {
      throw new StarlingError(
        'The browser gives microphones only to pages from https or this computer. Open Starling by http://localhost, or play a sound file instead.',
      )
    }
    const stream = await navigator.mediaDevices.getUserMedia({ audio: wanted(deviceId) }).catch((error) => {
      throw microphoneError(error)
    })
    const [track] = stream.getAudioTracks()
    track.onended = () => this.#ended(track)
    const about = {
      kind: deviceId ? 'device' : 'microphone',
      label: track.label || 'Microphone',
      warning: warningAbout(track.getSettings()),
      deviceId: track.getSettings().deviceId,
    }
    const source = new MediaStreamAudioSourceNode(this.#audio.context, { mediaStream: stream })
    return { about, source, track, stop: () => track.stop() }
  }

  #ended(track) {
    if (this.#joined?.track !== track) return
    this.#leave()
    this.current = silence
    this.#changed()
    this.#lost(`The microphone “${track.label}” is not there any more. Plug it in again and choose it, or choose another input.`)
  }

  #leave() {
    this.#joined?.source?.disconnect()
    this.#joined?.stop?.()
    this.#joined = null
  }
}

// The sound as it is: what makes calls clearer spoils what is to be learned. No rate: some browsers cannot join two.
function wanted(deviceId) {
  const audio = Object.fromEntries(processing.map((name) => [name, false]))
  return deviceId ? { ...audio, deviceId: { exact: deviceId } } : audio
}

function warningAbout(settings) {
  const insisted = processingWords.filter((_, index) => settings[processing[index]] === true)
  if (insisted.length === 0) return ''
  return `The browser insists on ${insisted.join(' and ')}, which changes the sound. Teach and play in the same room, or use another browser.`
}
