import { element, setText } from '/widgets/dom.js'
import { counted, duration, percent } from '../words.js'

/** How quickly it learned, from how many examples, and how much it gets right. */
export function trainingFigures(store) {
  const headline = element('b', { class: 'headline' })
  const words = element('span', { class: 'hint' })
  const fit = element('starling-meter', { label: 'Fit', title: 'How much of what you taught it gets right' })
  const unseen = element(
    'starling-meter',
    { label: 'On unseen', title: 'How much it gets right of takes it was not trained with (held out)' },
  )
  fit.color = unseen.color = 'var(--good)'
  store.subscribe(() => {
    const { learning, starling } = store
    showTraining(headline, words, learning, starling.training.milliseconds)
    showPart(fit, learning?.fit)
    showPart(unseen, learning?.heldOut)
  })
  return element(
    'div',
    { class: 'meters' },
    element('p', { class: 'training' }, headline, ' ', words),
    fit,
    unseen,
  )
}

function showTraining(headline, words, learning, milliseconds) {
  const examples = learning?.examples ?? 0
  const known = counted(examples, 'example')
  if (learning?.secondsLeft > 1) {
    setText(headline, duration(learning.secondsLeft))
    setText(words, `until it knows ${known}`)
  } else if (examples === 0) {
    setText(headline, '–')
    setText(words, 'nothing learned yet')
  } else {
    setText(headline, milliseconds === null ? 'ready' : duration(milliseconds / 1000))
    setText(words, milliseconds === null ? `it knows ${known}` : `last training, ${known}`)
  }
}

function showPart(meter, part) {
  meter.position = part ?? 0
  meter.text = percent(part ?? NaN)
}
