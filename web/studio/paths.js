// The bus paths the studio shows, in one place.

/** A feature's output. */
export const listenPath = (output) => `/listen/mic/${output}`

/** What a model says: `label`, `certainty`, `novelty`, `map-x`, `map-y`, or a knob's id. */
export const learnPath = (model, output) => `/learn/${model}/${output}`

/** What a model says of a category: how certain it is, and of a gesture its `phase` and `speed`. */
export const certaintyPath = (model, category, what = 'certainty') => `/learn/${model}/${category}/${what}`

/** A knob of an output as presets and takes call it: `MODEL/KNOB`. */
export const knobParameter = (knob) => `${knob.model}/${knob.id}`

/** A bus path under /play as the document calls it: `choir/breath`. */
export const parameterOf = (path) => path.slice('/play/'.length)

/** The other way round. */
export const pathOf = (parameter) => `/play/${parameter}`

export const volumePath = '/play/master/level'
export const meterPath = '/play/master/meter'
export const soundPath = '/input/sound'
