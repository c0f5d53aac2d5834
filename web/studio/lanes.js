import { racks, drivenParameters } from './parameters.js'
import { learnPath, listenPath, parameterOf, soundPath } from './paths.js'

/** How many features the timeline shows. */
const featureLanes = 2

/**
 * What the timeline shows, from top to bottom: the sound, the first features that feed the model, how certain it
 * was, and a knob that it moves.
 */
export function lanesFor(store) {
  const { starling } = store
  const slot = (path) => starling.slots.find((other) => other.path === path)
  return [
    { key: soundPath, label: 'Sound', color: '#5cc8ff', signed: true, fill: soundFill(starling) },
    ...usedOutputs(store).map((path) => lane(starling, slot(path), '#5cc8ff')),
    store.model && lane(starling, slot(learnPath(store.model.id, 'certainty')), '#ffb454', 'Certain'),
    lane(starling, shownKnob(store), '#c792ff'),
  ].filter(Boolean)
}

function usedOutputs({ starling, model }) {
  const used = starling.catalogue.features.filter(({ name }) => model?.inputs.includes(name))
  return used.slice(0, featureLanes).map(({ outputs }) => listenPath(outputs[0].name))
}

function shownKnob(store) {
  const slots = racks(store).flatMap((rack) => rack.slots)
  const driven = drivenParameters(store)
  return slots.find(({ path }) => driven.has(parameterOf(path))) ?? slots[0]
}

function lane(starling, slot, color, label = slot?.label) {
  if (!slot) return null
  const position = (value) => starling.position(slot, value)
  return { key: slot.path, label, color, signed: false, fill: filler(starling, slot.path, position) }
}

/** Quiet sound is drawn larger than it is. */
const soundFill = (starling) => filler(
  starling,
  soundPath,
  (value) => 0.5 + 0.5 * Math.sign(value) * Math.abs(value) ** 0.6,
)

function filler({ memory }, path, position) {
  // A result a number of columns, to be written into again and again: all but the first time there are few.
  const results = new Map()
  return (min, max, from, to, count) => {
    const into = memory.read(path, { from, to, points: count, into: results.get(count) })
    results.set(count, into)
    for (let i = 0; i < count; i += 1) {
      min[i] = Number.isNaN(into.min[i]) ? NaN : position(into.min[i])
      max[i] = Number.isNaN(into.max[i]) ? NaN : position(into.max[i])
    }
  }
}
