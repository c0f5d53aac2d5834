// What a player can do to derived features and to how the project listens: pure functions from the document to a command.

import { change, fields, removal } from '../changes.js'

const numberOf = (id) => Number(id.match(/^derived-(\d+)$/)?.[1] ?? 0)

/** The path on the bus of a feature's output, a control or a derived feature by its name. */
export function pathOf(name) {
  const [, kind, number] = name.match(/^(control|derived)-(\d+)$/) ?? []
  return kind ? `/listen/${kind}/${number}` : `/listen/mic/${name}`
}

/** Names of derived features that are free and may follow a source: each comes behind what it is made of. */
function freeIds(document, source, count, most) {
  const ids = []
  for (let number = numberOf(source) + 1; number <= most && ids.length < count; number += 1) {
    if (!document.derived[`derived-${number}`]) ids.push(`derived-${number}`)
  }
  if (ids.length < count) throw new Error(`There is room for ${most} derived features. Remove some first.`)
  return ids
}

/** Adds derived features of one source, and feeds them to a model if one is given. */
export function addDerived(document, records, model, most) {
  const ids = freeIds(document, records[0].source, records.length, most)
  const inputs = model ? [change('models', model.id, 'inputs', [...model.inputs, ...ids])] : []
  return {
    name: `Add ${records[0].name}`,
    changes: [...records.flatMap((record, index) => fields('derived', ids[index], { ...record, order: numberOf(ids[index]) })), ...inputs],
  }
}

/** Sets fields of a derived feature; null empties one. */
export const setDerived = (document, id, record) => ({
  name: `Change ${document.derived[id].name}`,
  changes: fields('derived', id, record),
})

/** Removes a derived feature, what is made of it, and what listens to either. */
export function removeDerived(document, id) {
  const gone = [id]
  for (const next of gone) {
    gone.push(...Object.keys(document.derived).filter((other) => document.derived[other].source === next && !gone.includes(other)))
  }
  const models = Object.entries(document.models).filter(([, { inputs }]) => inputs.some((name) => gone.includes(name)))
  const paths = gone.map(pathOf)
  const mappings = Object.entries(document.mappings).filter(([, { source }]) => paths.includes(source))
  const sends = Object.entries(document.sends).filter(([, { slots }]) => slots.some((slot) => paths.includes(`/${slot}`)))
  return {
    name: `Remove ${document.derived[id].name}`,
    changes: [
      ...models.map(([model, { inputs }]) => change('models', model, 'inputs', inputs.filter((name) => !gone.includes(name)))),
      ...sends.map(([send, { slots }]) => change('sends', send, 'slots', slots.filter((slot) => !paths.includes(`/${slot}`)))),
      ...mappings.map(([mapping]) => removal('mappings', mapping)),
      ...gone.map((one) => removal('derived', one)),
    ],
  }
}

/** Chooses whether a derived feature feeds a model. */
export function useDerived(document, model, id, isUsed) {
  const others = model.inputs.filter((input) => input !== id)
  return {
    name: `${isUsed ? 'Use' : 'Leave out'} ${document.derived[id].name}`,
    changes: [change('models', model.id, 'inputs', isUsed ? [...others, id] : others)],
  }
}

/** Learns the player's range of a source: a derived feature of the kind `scale`, the one there is or a new one. */
export function setRange(document, source, label, low, high, most) {
  const [id] = Object.entries(document.derived).find(([, record]) => record.kind === 'scale' && record.source === source) ?? []
  if (id) return { ...setDerived(document, id, { low, high }), name: `Calibrate ${label}` }
  return { ...addDerived(document, [{ name: `${label} in my range`, source, kind: 'scale', low, high }], null, most), name: `Calibrate ${label}` }
}

/** Changes how the project listens. */
export const setListening = (document, record) => ({ name: 'Change how it listens', changes: fields('listening', 'listening', record) })
