import { element, keep, setText } from '/widgets/dom.js'
import { mark } from '/widgets/marks.js'
import { advice } from './advice.js'
import { certaintyPath, learnPath, parameterOf } from './paths.js'
import { drivenParameters, racks } from './parameters.js'
import { counted, duration, percent } from './words.js'

/** What the model has learned, how well, and what it makes of the sound right now. */
export function teachPanel(store) {
  const title = element('span')
  const shape = element('small')
  const milliseconds = element('b', { class: 'headline' })
  const examples = element('span', { class: 'hint' })
  const fit = element('starling-meter', { label: 'Fit', title: 'How much of what you taught it gets right' })
  const unseen = element(
    'starling-meter',
    { label: 'On unseen', title: 'How much it gets right of takes it was not trained with (held out)' },
  )
  const certain = element('starling-meter', { label: 'Certain now' })
  const hint = element('p', { class: 'hint', role: 'status' })
  fit.color = unseen.color = 'var(--good)'
  certain.color = 'var(--learn)'
  store.subscribe(() => {
    const { training } = store.starling
    setText(title, store.model?.name ?? 'No model')
    setText(shape, shapeWords(store))
    showTraining(training, milliseconds, examples)
    showPart(fit, training.fit)
    showPart(unseen, training.heldOut)
    setText(hint, complaint(store) ?? advice(adviceState(store)))
  })
  paintCertainty(store, certain)
  const how =
    'Set the knobs to a sound you like, hold a pad while you make yours. It learns as you go: no train button.'
  return element(
    'div',
    { class: 'panel' },
    element('h3', {}, title, shape),
    element('p', { class: 'hint' }, how),
    element('p', { class: 'training' }, milliseconds, ' ', examples),
    element('div', { class: 'meters' }, fit, unseen, certain),
    hint,
    element('h3', { class: 'second' }, 'Right now'),
    rightNow(store),
  )
}

function showTraining({ milliseconds, examples }, headline, words) {
  const known = counted(examples, 'example')
  if (milliseconds !== null) setText(headline, duration(milliseconds / 1000))
  else setText(headline, examples > 0 ? 'ready' : '–')
  if (milliseconds !== null) setText(words, `last training, ${known}`)
  else setText(words, examples > 0 ? `it knows ${known}` : 'nothing learned yet')
}

function showPart(meter, part) {
  meter.position = part ?? 0
  meter.text = percent(part ?? NaN)
}

function shapeWords(store) {
  const inputs = store.model?.inputs ?? []
  const features = store.starling.catalogue.features.filter(({ name }) => inputs.includes(name))
  const count = features.reduce((sum, { outputs }) => sum + outputs.length, 0)
  return `${counted(count, 'input')} → ${counted(drivenParameters(store).size, 'knob')}`
}

/** What training itself has to say about the model. */
function complaint({ starling, model }) {
  return starling.training.models?.find(({ id }) => id === model?.id)?.message
}

function adviceState(store) {
  const categories = (table) => new Set(Object.values(store.document[table] ?? {}).map(({ category }) => category))
  return {
    pads: store.pads,
    counts: store.counts.ofCategory,
    recorded: categories('takes'),
    sounding: categories('presets'),
    drive: store.model?.drive,
    hasInputs: (store.model?.inputs.length ?? 0) > 0,
    training: store.starling.training,
  }
}

function paintCertainty(store, meter) {
  let path = null
  store.subscribe(() => {
    path = store.model && learnPath(store.model.id, 'certainty')
  })
  store.frame.paint(() => {
    if (path) meter.position = store.starling.bus.value(path)
  })
  store.frame.write(() => {
    meter.text = percent(meter.position)
  })
}

/** A meter an output: categories, or the knobs that follow. */
function rightNow(store) {
  const root = element('div', { class: 'meters' })
  const { starling, frame } = store
  let shown = []
  store.subscribe(() => {
    const rows = store.model?.drive === 'follow' ? knobRows(store) : padRows(store)
    const meters = keep(root, rows, ({ id }) => id, () => element('starling-meter'), (meter, { name, color }) => {
      meter.setAttribute('label', name)
      meter.color = color
      meter.changed()
    })
    shown = rows.map(({ id, read }) => ({ meter: meters.get(id), read }))
  })
  frame.paint(() => {
    for (let i = 0; i < shown.length; i += 1) shown[i].meter.position = shown[i].read(starling.bus)
  })
  frame.write(() => {
    for (const { meter } of shown) meter.text = percent(meter.position)
  })
  return root
}

function padRows({ model, pads }) {
  return pads.map(({ id, name }, index) => {
    const path = certaintyPath(model.id, id)
    return { id, name, color: mark(index).color, read: (bus) => bus.value(path) }
  })
}

function knobRows(store) {
  const driven = drivenParameters(store)
  const slots = racks(store).flatMap((rack) => rack.slots).filter(({ path }) => driven.has(parameterOf(path)))
  return slots.map(
    ({ path, label }) => ({ id: path, name: label, color: 'var(--play)', read: (bus) => bus.position(path) }),
  )
}
