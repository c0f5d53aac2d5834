// Numbers as people read them. Values with a unit come from Starling, which knows the units.

/** A part of a whole, `74 %`; a dash while unknown. */
export function percent(part) {
  return typeof part === 'number' && Number.isFinite(part) ? `${Math.round(100 * part)} %` : '–'
}

/** `1 take`, `5 takes`. */
export function counted(count, word) {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** A short duration, `9 ms` or `1.2 s`; a dash while unknown. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–'
  return seconds < 1 ? `${Math.round(1000 * seconds)} ms` : `${seconds.toFixed(1)} s`
}

/** How long ago, `0.4 s ago`, `3 min ago`. */
export function ago(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s ago`
  if (seconds < 90) return `${Math.round(seconds)} s ago`
  return `${Math.round(seconds / 60)} min ago`
}
