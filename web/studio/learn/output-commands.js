// What a player can do to outputs, knobs and gestures: pure functions from the document to a command.
import { change, fields, inOrder, last, removal } from '../changes.js'

/**
 * Adds an output with its first pads, and knobs if it has any.
 *
 * @param {{ id: string, record: object, pads: { id: string, name: string }[], knobs: { id: string, name: string }[] }} made
 */
export function addOutput(document, { id, record, pads, knobs }) {
  const ordered = (table, list) => list.flatMap(({ id: own, name }, index) =>
    fields(table, own, { model: id, name, order: last(document[table]) + index }))
  return {
    name: `Add ${record.name}`,
    changes: [
      ...fields('models', id, { ...record, order: last(document.models) }),
      ...ordered('categories', pads),
      ...ordered('knobs', knobs),
    ],
  }
}

/** Deletes an output; its pads, knobs, takes and settings go with it. */
export const deleteOutput = (document, output) => ({
  name: `Delete ${output.name}`,
  changes: [removal('models', output.id)],
})

/** Puts an output between its neighbours: `outputs` is the wanted order. */
export const orderOutputs = (document, outputs) => ({
  name: 'Reorder the outputs',
  changes: inOrder('models', outputs),
})

/** Above which certainty a pad is answered; null: as its output says. */
export const setPadThreshold = (document, pad, threshold) => ({
  name: `Change the threshold of ${pad.name}`,
  changes: [change('categories', pad.id, 'threshold', threshold)],
})

/** Adds a knob that goes from 0 to 1. */
export const addKnob = (document, id, output, name) => ({
  name: `Add ${name}`,
  changes: fields('knobs', id, { model: output.id, name, order: last(document.knobs) }),
})

export const setKnob = (document, knob, field, value) => ({
  name: `Change ${knob.name}`,
  changes: [change('knobs', knob.id, field, value)],
})

export const deleteKnob = (document, knob) => ({ name: `Delete ${knob.name}`, changes: [removal('knobs', knob.id)] })
