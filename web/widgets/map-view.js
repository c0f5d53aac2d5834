/**
 * Fits positions of any scale into a picture, upright, with a margin, and keeps what lies outside at its edge.
 */
export class MapView {
  static margin = 0.12
  #left = 0
  #bottom = 0
  #span = 1
  #rise = 1

  /** Fits the view to points x, y, x, y, … */
  fit(points) {
    let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity]
    for (let i = 0; i + 1 < points.length; i += 2) {
      left = Math.min(left, points[i])
      right = Math.max(right, points[i])
      bottom = Math.min(bottom, points[i + 1])
      top = Math.max(top, points[i + 1])
    }
    if (left > right) return
    this.#left = left
    this.#bottom = bottom
    this.#span = Math.max(right - left, 1e-6)
    this.#rise = Math.max(top - bottom, 1e-6)
  }

  /** The horizontal place in a picture of the given width. */
  x(x, width) {
    return place((x - this.#left) / this.#span) * width
  }

  /** The vertical place, from the top, in a picture of the given height. */
  y(y, height) {
    return (1 - place((y - this.#bottom) / this.#rise)) * height
  }
}

function place(part) {
  const inside = MapView.margin + part * (1 - 2 * MapView.margin)
  return Math.min(0.97, Math.max(0.03, inside))
}
