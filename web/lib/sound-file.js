/** Sound files that stand in for a microphone. */

const fadeSeconds = 0.02

/**
 * A sound that can be repeated without a seam: its end fades into its beginning, and is cut off.
 * @param {AudioBuffer} sound
 * @returns {AudioBuffer} shorter by 20 ms; the same sound if it is too short for that
 */
export function seamless(sound) {
  const fade = Math.round(fadeSeconds * sound.sampleRate)
  if (sound.length < 4 * fade) return sound
  const { numberOfChannels, sampleRate } = sound
  const loop = new AudioBuffer({ length: sound.length - fade, numberOfChannels, sampleRate })
  for (let channel = 0; channel < numberOfChannels; channel += 1) {
    const samples = sound.getChannelData(channel)
    loop.copyToChannel(samples.subarray(0, loop.length), channel)
    const start = loop.getChannelData(channel).subarray(0, fade)
    for (let i = 0; i < fade; i += 1) start[i] = blend(samples[loop.length + i], samples[i], i / fade)
  }
  return loop
}

// Equal power: beginning and end have nothing to do with each other.
function blend(from, to, amount) {
  return from * Math.cos((Math.PI / 2) * amount) + to * Math.sin((Math.PI / 2) * amount)
}
