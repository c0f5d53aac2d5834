/**
 * Makes the browser collect garbage now, before there is sound.
 *
 * Chromium (V8's memory reducer) collects twice half a minute after an engine's memory was made, on the audio thread,
 * unless it has collected young objects before and the engine's memory is below 64 MB. Half a million numbers thrown away
 * are enough to make it.
 */
const arrayCount = 8000
const arrayLength = 64

export function collectEarly() {
  let garbage = null
  for (let count = 0; count < arrayCount; count += 1) garbage = new Array(arrayLength).fill(count)
  return garbage.length
}
