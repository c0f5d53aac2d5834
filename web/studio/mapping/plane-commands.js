// What a player can do to the plane: pure functions from the document to a command.

import { change, fields, last, removal } from '../changes.js'

/** A sound as a point has it: a pad's, or `values` by parameter. */
const soundFields = ({ category = null, values = {} }) => ({
  category,
  parameters: Object.keys(values),
  values: Object.values(values),
})

export const addPoint = (document, id, { name, x, y, sound }) => ({
  name: `Put ${name} on the plane`,
  changes: fields('points', id, { name, x, y, order: last(document.points), ...soundFields(sound) }),
})

export const setPointSound = (document, point, sound, name = point.name) => ({
  name: `Choose the sound of ${point.name}`,
  changes: fields('points', point.id, { name, ...soundFields(sound) }),
})

export const movePoint = (document, point, x, y) => ({
  name: `Move ${point.name}`,
  changes: fields('points', point.id, { x, y }),
})

export const renamePoint = (document, point, name) => ({
  name: `Rename ${point.name}`,
  changes: [change('points', point.id, 'name', name)],
})

export const removePoint = (document, point) => ({ name: `Remove ${point.name}`, changes: [removal('points', point.id)] })

/** Leaves the cursor somewhere. */
export const placeCursor = (document, { x, y }) => ({
  name: 'Move on the plane',
  changes: [change('parameters', 'plane/x', 'value', x), change('parameters', 'plane/y', 'value', y)],
})
