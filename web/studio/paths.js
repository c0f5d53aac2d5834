// The bus paths the studio shows, in one place.

/** A feature's output. */
export const listenPath = (output) => `/listen/mic/${output}`

/** What a model says: `label`, `certainty`, `map-x`, `map-y`. */
export const learnPath = (model, output) => `/learn/${model}/${output}`

/** How certain a model is of a category. */
export const certaintyPath = (model, category) => `/learn/${model}/${category}/certainty`

/** A bus path under /play as the document calls it: `choir/breath`. */
export const parameterOf = (path) => path.slice('/play/'.length)

export const volumePath = '/play/master/level'
export const meterPath = '/play/master/meter'
export const soundPath = '/input/sound'
