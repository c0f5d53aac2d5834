import { StarlingError } from '/lib/starling.js'
import { change } from '../changes.js'

/** Chooses whether a control feeds a model. */
export function useControl(document, model, id, isUsed) {
  const { name } = document.controls[id]
  const others = model.inputs.filter((input) => input !== id)
  return {
    name: `${isUsed ? 'Use' : 'Leave out'} ${name}`,
    changes: [change('models', model.id, 'inputs', isUsed ? [...others, id] : others)],
  }
}

/** Gives a control another name and range. */
export function setControl(document, id, fields) {
  for (const end of [fields.low, fields.high]) {
    if (!Number.isFinite(end)) throw new StarlingError('A range goes from one number to a higher one. Type both.')
  }
  return { name: `Change ${document.controls[id].name}`, changes: Object.entries(fields).map(([field, value]) => change('controls', id, field, value)) }
}
