/**
 * `<starling-curve>`: how an error falls as examples grow in number: two lines over the number of examples.
 *
 *     <starling-curve></starling-curve>
 *     curve.show({ points: [{ examples: 40, error: 0.2, trainingError: 0.02 }], words: 'More examples would help.', unit: '% wrong' })
 *
 * Methods: `show({ points, words, format })`; `words` is what a screen reader hears; `format(error)` gives the label of
 * the topmost line.
 */
import { drawing, setAttribute } from './dom.js'
import { Widget } from './widget.js'

const [width, height] = [300, 110]
const [left, right, top, bottom] = [44, 292, 10, 88]

export class Curve extends Widget {
  build() {
    this.picture = drawing('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' })
    this.setAttribute('role', 'img')
    this.append(this.picture)
  }

  show({ points, words, format }) {
    setAttribute(this, 'aria-label', words)
    const most = Math.max(1e-6, ...points.flatMap(({ error, trainingError }) => [error, trainingError]).filter(Number.isFinite))
    const largest = Math.max(1, ...points.map(({ examples }) => examples))
    const x = (examples) => left + ((right - left) * examples) / largest
    const y = (error) => bottom - ((bottom - top) * error) / most
    const place = (name) => points.filter((point) => Number.isFinite(point[name])).map((point) => [x(point.examples), y(point[name])])
    this.picture.replaceChildren(
      drawing('path', { class: 'axis', d: `M${left} ${top}V${bottom}H${right}` }),
      label(format(most), left - 6, top + 4, 'end'),
      label(format(0), left - 6, bottom + 3, 'end'),
      label(`${largest} examples`, right, height - 4, 'end'),
      ...line('training', place('trainingError'), square),
      ...line('fresh', place('error'), disc),
    )
  }
}

const label = (text, x, y, anchor) => drawing('text', { x, y, 'text-anchor': anchor }, text)
const disc = ([cx, cy]) => drawing('circle', { cx, cy, r: 3 })
const square = ([x, y]) => drawing('rect', { x: x - 2.5, y: y - 2.5, width: 5, height: 5 })

function line(name, places, mark) {
  if (places.length === 0) return []
  const path = drawing('path', { class: name, d: `M${places.map((place) => place.map((v) => v.toFixed(1)).join(' ')).join('L')}` })
  return [path, drawing('g', { class: name }, ...places.map(mark))]
}

customElements.define('starling-curve', Curve)
