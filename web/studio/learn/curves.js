import { listenPath } from '../paths.js'

const points = 160

/**
 * Takes as curves to draw, of the features that move most: positions 0…1 over each take's used part.
 *
 * @param {import('../store.js').Store} store
 * @param {{ id: string, from?: number, to?: number }[]} takes
 * @param {number} count how many features
 * @returns {Promise<{ label: string, curves: Float32Array[] }[]>}
 */
export async function curvesOf(store, takes, count) {
  const all = await Promise.all(takes.map(async (take) => ({ take, rows: await store.starling.takeRows(take.id) })))
  const slots = usedSlots(store)
  const lanes = slots.map((slot) => ({ label: slot.label, curves: all.map((one) => curve(store, slot, one)).filter(Boolean) }))
  const moving = lanes.filter(({ curves }) => curves.length > 0)
  return moving.sort((a, b) => reach(b) - reach(a)).slice(0, count)
}

/** The slots that feed the output. */
function usedSlots({ starling, model }) {
  const used = starling.catalogue.features.filter(({ name }) => model.inputs.includes(name))
  const paths = new Set(used.flatMap(({ outputs }) => outputs).map(({ name }) => listenPath(name)))
  return starling.slots.filter(({ path }) => paths.has(path))
}

function curve({ starling }, slot, { take, rows: { columns, rate, rows, count } }) {
  const column = columns.indexOf(slot.path.slice(listenPath('').length))
  if (column < 0) return null
  const first = Math.round((take.from ?? 0) * rate)
  const end = Math.min(count, Math.round((take.to ?? Infinity) * rate))
  const length = Math.max(1, end - first)
  const size = Math.min(points, length)
  return Float32Array.from({ length: size }, (_, i) => {
    const row = first + Math.floor((i * length) / size)
    return starling.position(slot, rows[row * columns.length + column])
  })
}

/** How much a lane moves: the mean deviation of its curves. */
function reach({ curves }) {
  const deviations = curves.map((values) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    return values.reduce((sum, value) => sum + Math.abs(value - mean), 0) / values.length
  })
  return deviations.reduce((a, b) => a + b, 0) / Math.max(1, curves.length)
}
