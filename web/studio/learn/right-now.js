import { element, keep } from '/widgets/dom.js'
import { mark } from '/widgets/marks.js'
import { setPadThreshold } from './output-commands.js'
import { drivenParameters, racks } from '../parameters.js'
import { certaintyPath, parameterOf } from '../paths.js'
import { percent } from '../words.js'

/** A meter an output of the model: pads with the line from which each is answered, or the knobs that follow. */
export function rightNow(store) {
  const root = element('div', { class: 'meters' })
  const { starling, frame } = store
  let shown = []
  store.subscribe(() => {
    root.hidden = store.knobs.length > 0
    const rows = root.hidden ? [] : store.task === 'continuous' ? knobRows(store) : padRows(store)
    const meters = keep(root, rows, ({ key }) => key, (row) => row.make(), (meter, row) => show(meter, row))
    shown = rows.map(({ key, read }) => ({ meter: meters.get(key), read }))
  })
  frame.paint(() => {
    for (let i = 0; i < shown.length; i += 1) shown[i].meter.position = shown[i].read(starling.bus)
  })
  frame.write(() => {
    for (const { meter } of shown) meter.text = percent(meter.position)
  })
  return root
}

function show(meter, { name, color, threshold }) {
  meter.setAttribute('label', name)
  // Without a threshold there is no line to look at.
  meter.toggleAttribute('plain', threshold === 0)
  if (threshold !== undefined) meter.value = threshold
  meter.color = color
  meter.changed()
}

function padRows(store) {
  const { model, pads } = store
  return pads.map(({ id, name, threshold }, index) => {
    const path = certaintyPath(model.id, id)
    return {
      key: id, name, color: mark(index).color, threshold: threshold ?? model.threshold ?? 0,
      read: (bus) => bus.value(path), make: () => padMeter(store, id),
    }
  })
}

function padMeter(store, id) {
  const pad = () => store.pads.find((other) => other.id === id)
  const set = (value, turn) => store.runMerged(`threshold ${id} ${turn}`, setPadThreshold, pad(), value)
  return element('starling-threshold', { line: 'answers from', on: {
    'threshold-input': ({ detail }) => set(detail.value, detail.turn),
    'threshold-reset': () => store.run(setPadThreshold, pad(), null),
  } })
}

function knobRows(store) {
  const driven = drivenParameters(store, [store.model])
  const slots = racks(store).flatMap((rack) => rack.slots).filter(({ path }) => driven.has(parameterOf(path)))
  return slots.map(({ path, label }) => ({
    key: path, name: label, color: 'var(--play)', read: (bus) => bus.position(path), make: () => element('starling-meter'),
  }))
}
