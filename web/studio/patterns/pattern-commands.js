// What a player can do to time: pure functions from the document to a command.

import { change, fields, freshId, last, removal } from '../changes.js'

const mostSteps = 16

/**
 * Adds a pattern with its lanes, and its instrument where the project has none of that kind.
 *
 * @param {{ label: string, instrument: string, steps: number, lanes: { note: number, velocities: number[] }[], fields?: object }} info
 * @param {{ name: string, label: string }} instrument the catalogue's record
 */
export function addPattern(document, info, instrument) {
  const id = freshId('pattern')
  const record = { name: info.label, order: last(document.patterns), instrument: info.instrument, steps: info.steps, ...info.fields }
  const lanes = info.lanes.flatMap((lane, index) => addLane(document, id, lane.note, lane.velocities, index).changes)
  return { name: `Add ${info.label}`, changes: [...fields('patterns', id, record), ...lanes, ...needed(document, instrument)] }
}

function needed({ instruments = {} }, { name, label }) {
  if (Object.values(instruments).some(({ kind }) => kind === name)) return []
  return fields('instruments', freshId(name), { kind: name, name: label, order: last(instruments), playing: false, notes: [] })
}

/** Adds a note to a pattern. */
export const addLane = (document, pattern, note, velocities = [], order = last(document.lanes)) => ({
  name: 'Add a note to the pattern',
  changes: fields('lanes', freshId('lane'), { pattern, order, note, velocities }),
})

export const removeLane = (document, lane) => ({ name: 'Remove a note of the pattern', changes: [removal('lanes', lane.id)] })

/** Gives one step of a lane a velocity, 0 for none. */
export const setStep = ({ lanes }, lane, step, velocity) => ({
  name: 'Change steps',
  changes: [change('lanes', lane, 'velocities', withStep(lanes[lane].velocities ?? [], step, velocity))],
})

function withStep(velocities, step, velocity) {
  const all = Array.from({ length: Math.max(velocities.length, step + 1) }, (_, index) => velocities[index] ?? 0)
  all[step] = velocity
  return all.slice(0, mostSteps)
}

/** Gives a field of a pattern another value; null empties it. */
export const setPattern = (document, pattern, field, value) => ({
  name: `Change ${pattern.name}`,
  changes: [change('patterns', pattern.id, field, value)],
})

/** Lets a pattern play, with the transport, or ends it. */
export const launchPattern = (document, pattern, isPlaying) => ({
  name: `${isPlaying ? 'Launch' : 'End'} ${pattern.name}`,
  changes: [
    change('patterns', pattern.id, 'playing', isPlaying),
    ...(isPlaying ? [change('parameters', 'transport/running', 'value', 1)] : []),
  ],
})

export const clearPattern = (document, pattern, lanes) => ({
  name: `Clear ${pattern.name}`,
  changes: lanes.map(({ id }) => change('lanes', id, 'velocities', [])),
})

export const removePattern = (document, pattern) => ({
  name: `Remove ${pattern.name}`,
  changes: [removal('patterns', pattern.id)],
})

/** Gives a field of an instrument's arpeggio another value. */
export const setArpeggio = (document, instrument, field, value) => ({
  name: 'Change the arpeggio',
  changes: [change('instruments', instrument, field, value)],
})
