import { button, element, setText } from '/widgets/dom.js'
import { advice } from './advice.js'
import { deciding } from './deciding.js'
import { knobRow } from './knob-row.js'
import { drivenParameters } from '../parameters.js'
import { rightNow } from './right-now.js'
import { settingsPanel } from './settings-panel.js'
import { trainingFigures } from './training-figures.js'
import { counted } from '../words.js'

const how = {
  categories: 'Set the knobs to a sound you like, hold a pad while you make yours. It learns as you go: no train button.',
  continuous: 'Set the knobs, hold a pad while you show the sound for them. In between, it finds its own way.',
  gestures: 'Hold a pad for the length of one gesture. Two or three performances are enough to begin with.',
}

/** What the output has learned, how well, and what it makes of the input right now; or how it learns, to be changed. */
export function teachPanel(store, knobHands) {
  let isChanging = false
  const turn = (isOn) => {
    isChanging = isOn
    store.changed()
    // The view that is to have the focus appears before the next painting.
    store.frame.settle(() => (isOn ? settings.querySelector('input') : open).focus())
  }
  const settings = settingsPanel(store, () => turn(false))
  const open = button('', () => turn(true), { class: 'quiet edge' })
  const teach = element('div', { class: 'panel' }, ...teaching(store, knobHands), open)
  store.subscribe(() => {
    teach.hidden = isChanging
    settings.hidden = !isChanging
    const kind = store.starling.catalogue.models.find(({ name }) => name === store.model?.kind)
    setText(open, `How it learns: ${kind?.label ?? 'nothing yet'} …`)
    open.disabled = !store.model
  })
  return element('div', {}, teach, settings)
}

function teaching(store, knobHands) {
  const title = element('span')
  const shape = element('small')
  const help = element('p', { class: 'hint' })
  const hint = element('p', { class: 'hint', role: 'status' })
  store.subscribe(() => {
    setText(title, store.model?.name ?? 'No output')
    setText(shape, shapeWords(store))
    setText(help, how[store.task])
    // Whoever has taught something knows how; then there is better advice.
    help.hidden = store.learning?.examples > 0 && store.task !== 'continuous'
    setText(hint, store.learning?.message ?? advice(adviceState(store)))
  })
  return [
    element('h3', {}, title, shape), help, trainingFigures(store), deciding(store), hint,
    element('h3', { class: 'second' }, 'Right now'), knobRow(store, knobHands), rightNow(store),
  ]
}

function shapeWords(store) {
  const inputs = store.model?.inputs ?? []
  const features = store.starling.catalogue.features.filter(({ name }) => inputs.includes(name))
  // Controls and derived features are one each.
  const others = inputs.filter((input) => !features.some(({ name }) => name === input))
  const count = features.reduce((sum, { outputs }) => sum + outputs.length, others.length)
  const ends = {
    gestures: counted(store.pads.length, 'gesture'),
    continuous: counted(store.knobs.length || drivenParameters(store, [store.model].filter(Boolean)).size, 'knob'),
    categories: counted(store.pads.length, 'pad'),
  }
  return `${counted(count, 'input')} → ${ends[store.task]}`
}

function adviceState(store) {
  const categories = (table) => new Set(Object.values(store.document[table] ?? {}).map(({ category }) => category))
  return {
    pads: store.pads,
    counts: store.counts.ofCategory,
    recorded: categories('takes'),
    performances: new Map(store.groups.map(({ pad, takes }) => [pad.id, takes.length])),
    sounding: categories('presets'),
    task: store.task,
    isFirst: store.model?.id === store.outputs[0]?.id,
    hasInputs: (store.model?.inputs.length ?? 0) > 0,
    training: store.learning ?? { fit: null, heldOut: null },
  }
}
