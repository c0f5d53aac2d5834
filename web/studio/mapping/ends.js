// What mappings go from and to.

import { element } from '/widgets/dom.js'
import { ownerName, slotGroups, slotName, tables } from '../slot-names.js'
import { meterPath } from '../paths.js'

/** What is no use as a source: places on a map, and numbers of pads. */
const isSource = ({ path }) => !/^\/learn\/[^/]+\/(label|map-x|map-y)$/.test(path) && path !== meterPath

/** All slots that a mapping may read. */
export const sources = ({ slots }) => slots.filter(isSource)

export const slotAt = ({ slots }, path) => slots.find((slot) => slot.path === path)

/** The instrument that a mapping plays notes on, or null where it moves a parameter. */
export const noteOwner = ({ destination }) => (destination.endsWith('/note') ? destination.slice(0, -'/note'.length) : null)

/** What a mapping moves as a slot: its path, range and unit; undefined where it is gone. */
export function destinationSlot(starling, mapping) {
  const owner = noteOwner(mapping)
  const parameter = slotAt(starling, `/play/${mapping.destination}`)
  if (parameter || owner === null) return parameter
  return starling.catalogue.instruments.some(({ name }) => name === owner) ? { ...starling.catalogue.note, path: null } : undefined
}

/** What a mapping moves, by name. */
export function destinationName(starling, mapping) {
  const owner = noteOwner(mapping)
  if (owner !== null) return `${ownerName(starling, owner)}: notes`
  const slot = slotAt(starling, `/play/${mapping.destination}`)
  return slot ? slotName(starling, slot) : mapping.destination
}

/** A mapping in words: `Loudness → Choir: Breath`. */
export function mappingName(starling, mapping) {
  const slot = slotAt(starling, mapping.source)
  return `${slot ? slotName(starling, slot) : mapping.source} → ${destinationName(starling, mapping)}`
}

export const sourceOptions = (starling) =>
  slotGroups(sources(starling), { value: ({ path }) => path, text: (slot) => slotName(starling, slot) })

/** What there is in the project to be moved or played, by what it belongs to. */
export function destinationOptions(starling, wanted) {
  const { slots, catalogue, document } = starling
  const racks = tables.flatMap((table) => catalogue[table]).map(({ name }) => name)
  const kinds = tables.flatMap((table) => Object.values(document[table])).map(({ kind }) => kind)
  const owners = [...new Set(slots.filter(({ path }) => path.startsWith('/play/')).map(({ path }) => path.split('/')[2]))]
  const isThere = (owner) => !racks.includes(owner) || kinds.includes(owner) || wanted.startsWith(`${owner}/`)
  return owners.filter(isThere).map((owner) => {
    const own = slots.filter(({ path }) => path.startsWith(`/play/${owner}/`) && path !== meterPath)
    const plays = catalogue.instruments.some(({ name }) => name === owner)
    return element('optgroup', { label: ownerName(starling, owner) },
      ...own.map(({ path, label }) => element('option', { value: path.slice('/play/'.length) }, `${ownerName(starling, owner)}: ${label}`)),
      plays && element('option', { value: `${owner}/note` }, `${ownerName(starling, owner)}: notes`))
  })
}

/** Any slot whose values are notes: it knows how they read. */
const noteSlot = ({ slots }) => slots.find(({ unit }) => unit === 'note')

/** A destination's position in words. */
export function placeText(starling, slot, position) {
  if (slot.path === null) return starling.text(noteSlot(starling), slot.minimum + position * (slot.maximum - slot.minimum))
  return starling.text(slot, starling.value(slot, position))
}

/** The names of the twelve pitch classes from C. */
export const rootNames = (starling) =>
  Array.from({ length: 12 }, (_, root) => starling.text(noteSlot(starling), 60 + root).replace(/-?\d+$/, ''))
