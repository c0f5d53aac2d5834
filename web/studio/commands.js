// What a player can do to the project: pure functions from the document to a command `{ name, changes }`.
// Tables and fields are those of docs/concepts.md.

import { change, fields, inOrder, last, removal } from './changes.js'

export const renameProject = (document, name) => ({
  name: 'Rename the project',
  changes: [change('project', 'project', 'name', name)],
})

/** Chooses whether a feature of the catalogue's `features` feeds a model; their order is kept, controls and derived features stay behind them. */
export function useFeature(document, model, feature, isUsed, features) {
  const isChosen = ({ name }) => (name === feature.name ? isUsed : model.inputs.includes(name))
  const others = model.inputs.filter((name) => document.controls[name] || document.derived[name])
  const inputs = [...features.filter(isChosen).map(({ name }) => name), ...others]
  return {
    name: `${isUsed ? 'Use' : 'Leave out'} ${feature.label}`,
    changes: [change('models', model.id, 'inputs', inputs)],
  }
}

const modelFields = {
  name: 'Rename an output',
  kind: 'Change how it learns',
  drive: 'Change what the pads do',
  gate: 'Change the gate',
  threshold: 'Change the threshold',
  hold: 'Change how long it must last',
  hysteresis: 'Change how easily it lets go',
}

/** Gives a field of an output another value. */
export const setModel = (document, model, field, value) => ({
  name: modelFields[field],
  changes: [change('models', model.id, field, value)],
})

/** Gives a setting of a model another value, in a record a setting. */
export const setModelSetting = (document, model, setting, value) => ({
  name: `Change ${setting.label}`,
  changes: fields('settings', `${model.id}/${setting.name}`, { model: model.id, name: setting.name, value }),
})

/** Adds a pad with a sound of its own: `values` by parameter. */
export function addPad(document, id, model, name, values) {
  const record = { model: model.id, name, order: last(document.categories) }
  return { name: `Add ${name}`, changes: [...fields('categories', id, record), ...sound(id, values)] }
}

export const renamePad = (document, pad, name) => ({
  name: `Rename ${pad.name}`,
  changes: [change('categories', pad.id, 'name', name)],
})

/** Deletes a pad; its takes and its sound go with it. */
export const deletePad = (document, pad) => ({ name: `Delete ${pad.name}`, changes: [removal('categories', pad.id)] })

/** The note that starts when the pad's sound is recognised; null for none. */
export const setPadNote = (document, pad, note) => ({
  name: `Change the note of ${pad.name}`,
  changes: [change('categories', pad.id, 'note', note)],
})

/** Stores where the knobs are, `values` by parameter, as the pad's sound. */
export const storeSound = (document, pad, values) => ({
  name: `This sound for ${pad.name}`,
  changes: sound(pad.id, values),
})

const sound = (category, values) =>
  Object.entries(values).flatMap(([parameter, value]) =>
    fields('presets', `${category}/${parameter}`, { category, parameter, value }),
  )

/** Puts parameters where a preset of the catalogue has them. */
export const choosePreset = (document, preset, values) => ({
  name: `Choose ${preset}`,
  changes: Object.entries(values).map(([parameter, value]) => change('parameters', parameter, 'value', value)),
})

export const holdNotes = (document, instrument, notes) => ({
  name: 'Change the chord',
  changes: [change('instruments', instrument, 'notes', notes)],
})

/** Adds an instrument, effect or picture of the catalogue (`table` is its table) behind those there are. */
export const addRack = (document, table, info, id, { playing, notes }) => ({
  name: `Add ${info.label}`,
  changes: fields(table, id, {
    kind: info.name,
    name: info.label,
    order: last(document[table]),
    ...(table === 'instruments' ? { playing, notes } : {}),
  }),
})

export const removeRack = (document, table, rack) => ({
  name: `Remove ${rack.name}`,
  changes: [removal(table, rack.id)],
})

/** Puts an effect between its neighbours: `effects` is the wanted order, in which sound goes through them. */
export const orderEffects = (document, effects) => ({
  name: 'Reorder the effects',
  changes: inOrder('effects', effects),
})
