// What a player can do to takes, one or several at a time: pure functions from the document to a command.
import { change, fields, removal } from '../changes.js'
import { counted } from '../words.js'

const several = (takes) => (takes.length === 1 ? 'a take' : counted(takes.length, 'take'))

export const deleteTakes = (document, takes) => ({
  name: `Delete ${several(takes)}`,
  changes: takes.map(({ id }) => removal('takes', id)),
})

/** Muted takes are kept, but nothing is learned from them. */
export const muteTakes = (document, takes, muted) => ({
  name: `${muted ? 'Mute' : 'Use'} ${several(takes)}`,
  changes: takes.map(({ id }) => change('takes', id, 'muted', muted)),
})

export const renameTake = (document, take, name) => ({
  name: 'Rename a take',
  changes: [change('takes', take.id, 'name', name)],
})

/** Learns only from a part of a take, in seconds from its start; the whole length clears the limits. */
export function trimTake(document, take, { from, to }) {
  const changes = [
    change('takes', take.id, 'from', from > 0 ? from : null),
    change('takes', take.id, 'to', to < take.seconds ? to : null),
  ]
  return { name: 'Trim a take', changes }
}

/**
 * Moves takes to another pad of the same output. What came by a label keeps its own pad and gets another label.
 *
 * @param {{ id: string, label?: string }[]} takes `label` the id of the label by which a take is here
 */
export const moveTakes = (document, takes, pad) => ({
  name: `Move ${several(takes)} to ${pad.name}`,
  changes: takes.map(({ id, label }) =>
    (label ? change('labels', label, 'category', pad.id) : change('takes', id, 'category', pad.id))),
})

/** Has takes count as examples of a pad of another output too. Those that already do are left alone. */
export function labelTakes(document, takes, pad) {
  const known = new Set(Object.values(document.labels ?? {}).filter(({ category }) => category === pad.id)
    .map(({ take }) => take))
  const fresh = takes.filter(({ id }) => !known.has(id))
  return {
    name: `Teach ${pad.name} with ${several(takes)}`,
    changes: fresh.flatMap(({ id }) => fields('labels', `${id}/${pad.id}`, { take: id, category: pad.id })),
  }
}

/** Takes a label off again. */
export const unlabelTake = (document, label) => ({ name: 'Take a label off', changes: [removal('labels', label)] })
