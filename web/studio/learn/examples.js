/**
 * How many examples there are, as the model counts them: silence around a sound is none, and neighbours that say
 * the same are one. The map has them all, or evenly chosen ones where there are very many.
 *
 * @param {{ categories: string[], takes: (string | undefined)[] }} map a take is unknown while it is being taught
 * @param {Record<string, object>} takes those of the document; of others nothing is counted
 * @param {number} total the true number of examples
 * @returns {{ ofCategory: Map<string, number>, ofTake: Map<string, number> }}
 */
export function countExamples(map, takes, total) {
  const ofCategory = new Map()
  const ofTake = new Map()
  const scale = Math.max(1, total / Math.max(1, map.takes.length))
  map.takes.forEach((take, index) => {
    if (take !== undefined && !takes[take]) return
    add(ofCategory, map.categories[index])
    if (take !== undefined) add(ofTake, take)
  })
  for (const counts of [ofCategory, ofTake]) {
    for (const [key, count] of counts) counts.set(key, Math.round(scale * count))
  }
  return { ofCategory, ofTake }
}

function add(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
