// The colour and the shape by which a category is known everywhere: pads, bars, map, timeline.
// Shape and colour go together, so that nobody needs to tell colours apart.

const colors = ['#5cc8ff', '#ffb454', '#c792ff', '#7ee2a8', '#ff93a6', '#f1e27c', '#6fded2', '#e7a3ee', '#b3bdff']
const shapes = ['disc', 'square', 'triangle', 'diamond', 'cross', 'ring', 'wedge', 'bar', 'star', 'post']

/** The mark of the category at this place in the list: `{ color, shape }`. */
export function mark(index) {
  return { color: colors[index % colors.length], shape: shapes[index % shapes.length] }
}

/** Outlines of the shapes within -1…1, as corner points. Disc and ring are circles. */
const corners = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  triangle: [[0, -1.1], [1, 0.8], [-1, 0.8]],
  diamond: [[0, -1.2], [1.05, 0], [0, 1.2], [-1.05, 0]],
  cross: [[-1, -0.6], [-0.6, -1], [0, -0.4], [0.6, -1], [1, -0.6], [0.4, 0], [1, 0.6], [0.6, 1], [0, 0.4], [-0.6, 1],
    [-1, 0.6], [-0.4, 0]],
  wedge: [[0, 1.1], [1, -0.8], [-1, -0.8]],
  bar: [[-1.15, -0.45], [1.15, -0.45], [1.15, 0.45], [-1.15, 0.45]],
  star: [[0, -1.2], [0.3, -0.4], [1.15, -0.35], [0.5, 0.2], [0.7, 1], [0, 0.55], [-0.7, 1], [-0.5, 0.2],
    [-1.15, -0.35], [-0.3, -0.4]],
  post: [[-0.45, -1.15], [0.45, -1.15], [0.45, 1.15], [-0.45, 1.15]],
}

/** Adds a shape of the given radius to the context's path. */
export function traceMark(context, shape, x, y, radius) {
  const outline = corners[shape]
  if (!outline) {
    context.moveTo(x + radius, y)
    context.arc(x, y, radius, 0, 2 * Math.PI)
    if (shape === 'ring') context.arc(x, y, radius * 0.5, 2 * Math.PI, 0, true)
    return
  }
  outline.forEach(([dx, dy], index) => {
    if (index === 0) context.moveTo(x + dx * radius, y + dy * radius)
    else context.lineTo(x + dx * radius, y + dy * radius)
  })
  context.closePath()
}

/** The shape as an SVG path within a box of 20 × 20. */
export function markPath(shape) {
  const outline = corners[shape]
  if (outline) return 'M' + outline.map(([x, y]) => `${10 + 8 * x} ${10 + 8 * y}`).join('L') + 'Z'
  const circle = (r) => `M${10 - r} 10a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0Z`
  return shape === 'ring' ? circle(8) + circle(4) : circle(8)
}
