/**
 * Finds out how busy the audio thread is, by watching it: no clock there is fine enough.
 *
 * Once a second it looks without a pause, for about the length of a device's buffer, and times the callbacks that it
 * sees from beginning to end.
 * Messages in: { status, quantumMilliseconds }, see `Status`. Messages out: { load }, 0…1 of the time there is.
 */
import { Status } from '../shared/status.js'

const intervalMilliseconds = 1000
const enoughCallbacks = 3
// Where other programs keep interrupting the look, it takes longer.
const longestLookMilliseconds = 40
// What happened during an interruption tells nothing.
const interruptedMilliseconds = 0.1

self.onmessage = ({ data: { status, quantumMilliseconds } }) => {
  const figures = new Int32Array(status)
  setInterval(() => {
    const milliseconds = look(figures)
    if (milliseconds !== null) self.postMessage({ load: milliseconds / quantumMilliseconds })
  }, intervalMilliseconds)
}

/** How long a callback takes, on average over those seen from beginning to end; null if none was. */
function look(figures) {
  const end = performance.now() + longestLookMilliseconds
  let sum = 0
  let count = 0
  let entered = null
  let wasIdle = false
  let last = performance.now()
  while (last < end && count < enoughCallbacks) {
    const isBusy = Atomics.load(figures, Status.busy) === 1
    const now = performance.now()
    const isSure = now - last < interruptedMilliseconds
    if (!isBusy && entered !== null && isSure) {
      sum += now - entered
      count += 1
    }
    if (!isBusy || !isSure) entered = null
    else if (wasIdle) entered = now
    wasIdle = !isBusy && isSure
    last = now
  }
  return count > 0 ? sum / count : null
}
