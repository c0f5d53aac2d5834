/** Plays a sound beside the instrument. */
const fadeSeconds = 0.005

/**
 * @param {AudioContext} context
 * @param {{ sampleRate: number, samples: Float32Array }} sound
 * @param {{ from?: number, to?: number }} trim seconds from the sound's beginning
 * @returns {{ stop: () => void, ended: Promise<void> }}
 */
export function play(context, { sampleRate, samples }, { from = 0, to = Infinity }) {
  const buffer = new AudioBuffer({ length: samples.length, sampleRate })
  buffer.copyToChannel(samples, 0)
  const source = new AudioBufferSourceNode(context, { buffer })
  const fader = new GainNode(context, { gain: 0 })
  const seconds = Math.max(0, Math.min(to, buffer.duration) - from)
  const begin = context.currentTime
  // Where a take was cut there would be a click.
  fader.gain.setValueAtTime(0, begin).linearRampToValueAtTime(1, begin + fadeSeconds)
  fader.gain.setValueAtTime(1, begin + Math.max(fadeSeconds, seconds - fadeSeconds))
  fader.gain.linearRampToValueAtTime(0, begin + Math.max(2 * fadeSeconds, seconds))
  source.connect(fader).connect(context.destination)
  const ended = new Promise((resolve) => (source.onended = () => resolve()))
  source.start(begin, from, seconds)
  return { stop: () => source.stop(), ended }
}
