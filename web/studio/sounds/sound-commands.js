// What a player can do to the sounds that instruments play.

import { change, removal } from '../changes.js'

export const renameSound = (document, sound, name) => ({
  name: `Rename ${sound.name}`,
  changes: [change('sounds', sound.id, 'name', name)],
})

/** The note at which it sounds as it was recorded. */
export const setRoot = (document, sound, root) => ({
  name: `Change the root note of ${sound.name}`,
  changes: [change('sounds', sound.id, 'root', root)],
})

/** The part that is repeated, in seconds; no `from` and no `to` are the sound's own ends. */
export const setLoop = (document, sound, field, seconds) => ({
  name: `Change the loop of ${sound.name}`,
  changes: [change('sounds', sound.id, field, seconds)],
})

export const removeSound = (document, sound) => ({
  name: `Remove ${sound.name}`,
  changes: [removal('sounds', sound.id)],
})
