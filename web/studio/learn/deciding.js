import { element, setText } from '/widgets/dom.js'
import { setModel } from '../commands.js'
import { isUnlike, newnessWords } from './newness.js'
import { numberField } from '../number-field.js'
import { learnPath } from '../paths.js'
import { percent } from '../words.js'

const mostHoldSeconds = 10

/** How certain it is now, from which certainty on it answers and for how long, and how new this is to it. */
export function deciding(store) {
  const certain = element('starling-threshold', { label: 'Certain now', line: 'answers from', on: {
    'threshold-input': ({ detail }) => {
      const merge = `threshold ${store.model.id} ${detail.turn}`
      store.runMerged(merge, setModel, store.model, 'threshold', detail.value)
    },
    'threshold-reset': () => store.run(setModel, store.model, 'threshold', 0),
  } })
  const plain = element('starling-meter', { label: 'Certain now' })
  const newness = element('p', { class: 'hint newness' })
  const root = element('div', { class: 'meters' }, certain, plain, newness, sentence(store))
  // A widget has its children once it is in the page.
  store.subscribe(() => {
    const { model, task } = store
    certain.hidden = !model || task === 'continuous'
    plain.hidden = !certain.hidden
    certain.color = plain.color = 'var(--learn)'
    certain.value = model?.threshold ?? 0
  })
  paint(store, certain, plain, newness)
  return root
}

/** The same in a sentence, with the numbers to be changed. */
function sentence(store) {
  const threshold = numberField(
    { label: 'Answers from this certainty on, in percent', minimum: 0, maximum: 100, step: 1 },
    (value) => store.run(setModel, store.model, 'threshold', value / 100),
  )
  const hold = numberField(
    { label: 'Answers once it lasts so many seconds', minimum: 0, maximum: mostHoldSeconds, step: 0.01 },
    (value) => store.run(setModel, store.model, 'hold', value),
  )
  const node = element(
    'p',
    { class: 'hint sentence' },
    'Answers from ', threshold, ' % certain on, if it lasts ', hold, ' s.',
  )
  store.subscribe(() => {
    node.hidden = !store.model || store.task === 'continuous'
    threshold.show(Math.round(100 * (store.model?.threshold ?? 0)))
    hold.show(store.model?.hold ?? 0.05)
  })
  return node
}

function paint(store, certain, plain, newness) {
  const { starling, frame } = store
  let paths = null
  store.subscribe(() => {
    const id = store.model?.id
    paths = id ? { certainty: learnPath(id, 'certainty'), novelty: learnPath(id, 'novelty') } : null
  })
  frame.paint(() => {
    if (!paths) return
    const shown = certain.hidden ? plain : certain
    shown.position = starling.bus.value(paths.certainty)
  })
  frame.write(() => {
    certain.text = percent(certain.position)
    plain.text = percent(plain.position)
    const novelty = paths && starling.running ? starling.bus.value(paths.novelty) : NaN
    setText(newness, newnessWords(novelty))
    newness.classList.toggle('unlike', isUnlike(novelty))
  })
}
