// What a player can do to mappings: pure functions from the document to a command.

import { change, fields, last, removal } from '../changes.js'

const pitch = '/listen/mic/pitch'
const isHeard = (source) => source.startsWith('/listen/mic/')
const note = (number) => number / 127
const wholeRange = { from: null, to: null }

/** What a source and a destination need to get on with each other at first: the voice plays notes as it sings them. */
function usual(source, destination) {
  if (!destination.endsWith('/note')) return { ...wholeRange, low: 0, high: 1 }
  const gate = isHeard(source) ? -45 : -200
  if (source !== pitch) return { ...wholeRange, low: note(48), high: note(72), gate }
  return { from: 36, to: 84, low: note(36), high: note(84), gate }
}

/** Adds a mapping behind those there are. */
export function addMapping(document, id, source, destination) {
  const record = { source, destination, order: last(document.mappings), smoothing: 0.05, ...usual(source, destination) }
  return { name: 'Add a mapping', changes: fields('mappings', id, record) }
}

export const removeMapping = (document, id) => ({ name: 'Remove a mapping', changes: [removal('mappings', id)] })

/** Gives fields of a mapping other values. */
export const setMapping = (document, id, record, name = 'Change a mapping') => ({ name, changes: fields('mappings', id, record) })

/** Listens to another source; `range` `{ from, to }` is where that has moved, if known. */
export function chooseSource(document, id, source, range = {}) {
  const { destination } = document.mappings[id]
  const ends = destination.endsWith('/note') ? usual(source, destination) : wholeRange
  return { name: 'Choose a source', changes: fields('mappings', id, { source, ...ends, ...range }) }
}

/** Moves something else. The ends of a parameter's way are no notes, and the other way round. */
export function chooseDestination(document, id, destination) {
  const mapping = document.mappings[id]
  const isOtherKind = destination.endsWith('/note') !== mapping.destination.endsWith('/note')
  const ends = isOtherKind ? usual(mapping.source, destination) : {}
  return { name: 'Choose what is moved', changes: fields('mappings', id, { destination, ...ends }) }
}

export const switchMapping = (document, id, active) => ({
  name: active ? 'Switch a mapping on' : 'Switch a mapping off',
  changes: [change('mappings', id, 'active', active)],
})
