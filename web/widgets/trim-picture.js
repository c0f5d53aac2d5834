import { drawSound } from './envelope.js'

const tones = ['#5cc8ff', '#ffb454', '#c792ff']
const dashes = [[], [5, 3], [1.5, 3]]

/**
 * Draws a take: its sound above, its curves below, each in a colour and a dash of its own.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{ sound: Float32Array | null, curves: { values: Float32Array }[] }} take
 * @param {{ width: number, height: number }} size
 */
export function drawTake(context, { sound, curves }, { width, height }) {
  context.clearRect(0, 0, width, height)
  const middle = sound ? Math.round(height * 0.45) : 0
  if (sound) drawSound(context, sound, { left: 0, top: 3, width, height: middle - 6, color: '#3f89ae' })
  curves.forEach(({ values }, index) => {
    context.strokeStyle = tones[index % tones.length]
    context.setLineDash(dashes[index % dashes.length])
    context.lineWidth = 1.6
    traceCurve(context, values, { left: 0, top: middle + 4, width, height: height - middle - 8 })
    context.stroke()
  })
  context.setLineDash([])
}

/** Begins a path through positions 0…1, evenly spaced over a box. */
export function traceCurve(context, values, { left, top, width, height }) {
  context.beginPath()
  for (let i = 0; i < values.length; i += 1) {
    const x = left + (i * width) / Math.max(1, values.length - 1)
    const y = top + height * (1 - Math.min(1, Math.max(0, values[i])))
    if (i === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
}
