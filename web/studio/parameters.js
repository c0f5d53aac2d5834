// Instruments and effects of the project with their slots: what the knobs show.

import { parameterOf } from './paths.js'

/**
 * The project's instruments, then its effects, in order.
 *
 * @returns {{ id: string, name: string, kind: 'instrument' | 'effect', info: any, slots: any[] }[]}
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
  ].filter(Boolean)
}

function slotsOf(starling, info) {
  return starling.slots.filter(({ path }) => path.startsWith(`/play/${info.name}/`))
}

/** Where all knobs of instruments and effects are now: values by parameter, `choir/breath`. */
export function soundNow(store) {
  const values = {}
  for (const { slots } of racks(store)) {
    for (const { path } of slots) values[parameterOf(path)] = store.starling.bus.value(path)
  }
  return values
}

/** A preset of the catalogue as values by parameter. */
export function presetValues(info, preset) {
  return Object.fromEntries(info.parameters.map(({ name }, index) => [`${info.name}/${name}`, preset.values[index]]))
}

/** The parameters (`choir/breath`) that models or mappings move. */
export function drivenParameters(store) {
  const { presets = {}, mappings = {} } = store.document
  const model = store.model
  const mapped = Object.values(mappings).map(({ destination }) => destination)
  if (!model) return new Set(mapped)
  const pads = new Set(store.pads.map(({ id }) => id))
  const own = model.drive === 'follow'
    ? Object.values(store.document.takes ?? {}).filter(
      ({ category }) => pads.has(category),
    ).flatMap(({ parameters }) => parameters ?? [])
    : Object.values(presets).filter(({ category }) => pads.has(category)).map(({ parameter }) => parameter)
  return new Set([...mapped, ...own])
}
