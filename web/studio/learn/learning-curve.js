import '/widgets/curve.js'
import { element, setText } from '/widgets/dom.js'
import { percent } from '../words.js'

/** An error that still falls by this part of itself is worth more examples. */
const worthwhile = 0.1

/** How its mistakes become fewer with more examples, and whether still more would help. */
export function learningCurve() {
  const chart = element('starling-curve')
  const words = element('p', { class: 'hint' })
  const key = element('p', { class: 'hint curve-key' },
    element('span', { class: 'unseen-key' }, '● new takes'), element('span', { class: 'training-key' }, '■ known takes'))
  const root = element('div', { class: 'curve-box' }, element('h4', {}, 'Would more examples help?'), chart, key, words)
  let shown = null
  root.update = ({ curve = [], task }) => {
    root.hidden = curve.length < 2
    if (root.hidden || curve === shown) return
    shown = curve
    const format = task === 'continuous' ? (error) => error.toFixed(2) : (error) => `${percent(error)}`
    setText(words, curveWords(curve))
    chart.show({ points: curve, words: `Mistakes over the number of examples. ${curveWords(curve)} ${ends(curve, format)}`, format })
  }
  return root
}

/** Whether more examples would help, by how far the error has fallen lately. */
export function curveWords(curve) {
  const [before, now] = curve.slice(-2).map(({ error }) => error)
  const isFalling = before - now > worthwhile * Math.max(now, 0.02)
  return isFalling ? 'More examples would help.' : 'More examples would not help much.'
}

function ends(curve, format) {
  const [first, last] = [curve[0], curve.at(-1)]
  return `With ${first.examples} examples ${format(first.error)} wrong, with ${last.examples} ${format(last.error)}.`
}
