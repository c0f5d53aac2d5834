// How far sources have moved, by what is remembered of the last seconds.

import { slotAt, sources } from './ends.js'

const points = 64

/** The lowest and highest value of a slot from … to seconds ago; null where nothing is remembered. */
function extent({ memory }, path, from, to) {
  const { min, max } = memory.read(path, { from, to, points })
  const known = (values) => values.filter(Number.isFinite)
  const [low, high] = [Math.min(...known(min)), Math.max(...known(max))]
  return low <= high ? { low, high } : null
}

/** The range that a source has used in the last seconds: `{ from, to }` in its unit, or null where it has stood still. */
export function rangeOf(starling, path, seconds) {
  const slot = slotAt(starling, path)
  const used = slot && extent(starling, path, seconds, 0)
  if (!used || width(starling, slot, used) < 0.01) return null
  const tidy = (value) => Number(Math.min(slot.maximum, Math.max(slot.minimum, value)).toPrecision(4))
  return { from: tidy(used.low), to: tidy(used.high) }
}

const width = (starling, slot, { low, high }) => starling.position(slot, high) - starling.position(slot, low)

/** The source that has moved most in the last seconds, against what it did in as many before; null where none has. */
export function mostMoved(starling, seconds) {
  let best = null
  let most = 0.05
  for (const slot of sources(starling).filter(({ path }) => !path.startsWith('/play/'))) {
    const [now, before] = [extent(starling, slot.path, seconds, 0), extent(starling, slot.path, 2 * seconds, seconds)]
    const moved = now ? width(starling, slot, now) - (before ? width(starling, slot, before) : 0) : 0
    if (moved <= most) continue
    best = slot.path
    most = moved
  }
  return best
}
