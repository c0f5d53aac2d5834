/**
 * The lowest and highest of some numbers in each of so many equal stretches: what a picture of a sound needs.
 *
 * @param {Float32Array} values
 * @param {number} count how many stretches
 * @returns {{ min: Float32Array, max: Float32Array }}
 */
export function envelope(values, count) {
  const min = new Float32Array(count)
  const max = new Float32Array(count)
  for (let column = 0; column < count; column += 1) {
    const start = Math.floor((column * values.length) / count)
    const stop = Math.max(start + 1, Math.floor(((column + 1) * values.length) / count))
    let low = Infinity
    let high = -Infinity
    for (let i = start; i < stop && i < values.length; i += 1) {
      low = Math.min(low, values[i])
      high = Math.max(high, values[i])
    }
    min[column] = low
    max[column] = high
  }
  return { min, max }
}

/** Draws a sound as a filled shape around a middle line; quiet sounds are drawn larger, up to `gain` times. */
export function drawSound(context, samples, { left, top, width, height, color, gain = 8 }) {
  if (samples.length === 0) return
  const count = Math.max(1, Math.min(Math.floor(width), samples.length >> 1))
  const { min, max } = envelope(samples, count)
  const peak = Math.max(1e-4, ...max, ...min.map((value) => -value))
  const scale = (height / 2) * Math.min(gain, 0.95 / peak)
  const step = width / count
  context.fillStyle = color
  for (let i = 0; i < count; i += 1) {
    const high = Math.max(0.5, scale * max[i])
    const low = Math.max(0.5, -scale * min[i])
    // A little wider than a step, so that no seams are seen.
    context.fillRect(left + i * step, top + height / 2 - high, step + 0.5, high + low)
  }
}
