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
