// What a player can do to the project: pure functions from the document to a command `{ name, changes }`.
// Tables and fields are those of docs/concepts.md.

const change = (table, id, field, value) => ({ table, id, field, value })
const removal = (table, id) => ({ table, id, field: null, value: null })
const fields = (table, id, record) => Object.entries(record).map(([field, value]) => change(table, id, field, value))

/** An order behind all the records of a table. */
const last = (table = {}) => 1 + Math.max(0, ...Object.values(table).map(({ order }) => order ?? 0))

/** An id that is new in any project: 40 random bits in base 32. */
export function freshId(kind) {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  return `${kind}-${[...crypto.getRandomValues(new Uint8Array(8))].map((byte) => letters[byte & 31]).join('')}`
}

export const renameProject = (document, name) => ({
  name: 'Rename the project',
  changes: [change('project', 'project', 'name', name)],
})

/** Chooses whether a feature of the catalogue's `features` feeds a model; their order is kept. */
export function useFeature(document, model, feature, isUsed, features) {
  const isChosen = ({ name }) => (name === feature.name ? isUsed : model.inputs.includes(name))
  const inputs = features.filter(isChosen).map(({ name }) => name)
  return {
    name: `${isUsed ? 'Use' : 'Leave out'} ${feature.label}`,
    changes: [change('models', model.id, 'inputs', inputs)],
  }
}

export const setModel = (document, model, field, value) => ({
  name: { kind: 'Change the model', drive: 'Change what the pads do', gate: 'Change the gate' }[field],
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
