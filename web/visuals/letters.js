// Letters as a field of distances, from which outlines, glow and softness follow at any size.

const width = 1024
const height = 256
const margin = 0.8
const far = 1e9

/**
 * Text as distances from the letters' edge, in heights of the field; negative inside.
 * @returns {{ width: number, height: number, away: Float32Array }} four times as wide as high
 */
export function letterField(text) {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const font = (size) => `800 ${size}px Inter, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif`
  context.font = font(100)
  const size = Math.min(0.5 * height, (100 * margin * width) / Math.max(1, context.measureText(text).width))
  Object.assign(context, { font: font(size), textAlign: 'center', textBaseline: 'middle', fillStyle: '#fff' })
  context.fillText(text, width / 2, height / 2 + 0.04 * size)
  const inside = coverage(context)
  const toLetters = distances(inside, (cover) => cover)
  const toGround = distances(inside, (cover) => 1 - cover)
  const away = inside.map((_, at) => (toLetters[at] - toGround[at]) / height)
  return { width, height, away }
}

function coverage(context) {
  const { data } = context.getImageData(0, 0, width, height)
  return Float32Array.from({ length: width * height }, (_, at) => data[4 * at + 3] / 255)
}

/** Euclidean distances to what is covered, in pixels; where an edge passes through a pixel, to the edge. */
function distances(inside, cover) {
  const squares = inside.map((value) => (cover(value) <= 0 ? far : (Math.max(0, 0.5 - cover(value))) ** 2))
  for (let x = 0; x < width; x += 1) sweep(squares, x, width, height)
  for (let y = 0; y < height; y += 1) sweep(squares, y * width, 1, width)
  return squares.map(Math.sqrt)
}

const line = new Float64Array(Math.max(width, height))
const parabolas = new Int32Array(Math.max(width, height))
const borders = new Float64Array(Math.max(width, height) + 1)

/** One row's or column's squared distances: the lower envelope of parabolas (P. Felzenszwalb and D. Huttenlocher, 2012). */
function sweep(squares, start, stride, count) {
  for (let i = 0; i < count; i += 1) line[i] = squares[start + i * stride]
  let last = 0
  parabolas[0] = 0
  borders[0] = -Infinity
  borders[1] = Infinity
  for (let i = 1; i < count; i += 1) {
    let meet = meeting(parabolas[last], i)
    while (meet <= borders[last]) meet = meeting(parabolas[--last], i)
    parabolas[++last] = i
    borders[last] = meet
    borders[last + 1] = Infinity
  }
  for (let i = 0, at = 0; i < count; i += 1) {
    while (borders[at + 1] < i) at += 1
    squares[start + i * stride] = (i - parabolas[at]) ** 2 + line[parabolas[at]]
  }
}

const meeting = (a, b) => (line[b] + b * b - line[a] - a * a) / (2 * (b - a))
