// Instruments, effects and pictures of the project with their slots: what the knobs show.

import { parameterOf, pathOf } from './paths.js'
import { slotName } from './slot-names.js'

/**
 * The project's instruments, then its effects, then its pictures, in order.
 *
 * @returns {{ id: string, name: string, kind: 'instrument' | 'effect' | 'visual', info: any, slots: any[] }[]}
 */
export function racks({ starling }) {
  const rack = (kind, infos) => (record) => {
    const info = infos.find(({ name }) => name === record.kind)
    return info && {
      id: record.id,
      name: record.name ?? info.label,
      kind,
      info,
      record,
      slots: slotsOf(starling, info),
    }
  }
  return [
    ...starling.ordered('instruments').map(rack('instrument', starling.catalogue.instruments)),
    ...starling.ordered('effects').map(rack('effect', starling.catalogue.effects)),
    ...starling.ordered('visuals').map(rack('visual', starling.catalogue.visuals)),
  ].filter(Boolean)
}

function slotsOf(starling, info) {
  return starling.slots.filter(({ path }) => path.startsWith(`/play/${info.name}/`))
}

/** Where all knobs of instruments, effects and pictures are now: values by parameter, `choir/breath`. */
export function soundNow(store) {
  const values = {}
  for (const { slots } of racks(store)) {
    for (const { path } of slots) values[parameterOf(path)] = store.starling.bus.value(path)
  }
  return values
}

/** What a pad recalls: all knobs, and the cursor of the plane if that has points. */
export function settingNow(store) {
  const { bus, document } = store.starling
  const cursor = Object.keys(document.points).length > 0 ? ['plane/x', 'plane/y'] : []
  return { ...soundNow(store), ...Object.fromEntries(cursor.map((parameter) => [parameter, bus.value(pathOf(parameter))])) }
}

/** A preset of the catalogue as values by parameter. */
export function presetValues(info, preset) {
  return Object.fromEntries(info.parameters.map(({ name }, index) => [`${info.name}/${name}`, preset.values[index]]))
}

/** The names of the sources mapped to each parameter. */
export function movers({ starling }) {
  const found = new Map()
  for (const { source, destination, active } of starling.ordered('mappings')) {
    const slot = starling.slots.find(({ path }) => path === source)
    if (active && slot) found.set(destination, [...(found.get(destination) ?? []), slotName(starling, slot)])
  }
  return found
}

/** The parameters (`choir/breath`) that these outputs, mappings and the plane move. */
export function drivenParameters(store, outputs = store.outputs) {
  const { mappings = {}, points = {} } = store.document
  const mapped = Object.values(mappings).map(({ destination }) => destination)
  const planed = Object.values(points).flatMap((point) => parametersOf(store, point))
  return new Set([...mapped, ...planed, ...outputs.flatMap((output) => movedBy(store, output))])
}

/** What a point of the plane says something about. */
function parametersOf({ document: { presets = {} } }, { category, parameters }) {
  if (!category) return parameters ?? []
  return Object.values(presets).filter((preset) => preset.category === category).map(({ parameter }) => parameter)
}

function movedBy({ starling, document: { presets = {}, takes = {} } }, { id, drive }) {
  const pads = new Set(starling.ordered('categories', { model: id }).map((pad) => pad.id))
  const own = (table) => Object.values(table).filter(({ category }) => pads.has(category))
  // An output with knobs of its own moves those.
  if (starling.ordered('knobs', { model: id }).length > 0) return []
  if (drive === 'follow') return own(takes).flatMap(({ parameters }) => parameters ?? [])
  return own(presets).map(({ parameter }) => parameter)
}
