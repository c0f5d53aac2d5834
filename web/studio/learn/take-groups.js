/**
 * The takes of some pads, newest first: their own, and those of other outputs that carry their label.
 *
 * @param {import('/lib/starling.js').Starling} starling
 * @param {{ id: string, name: string }[]} pads
 * @returns {{ pad: object, index: number, takes: object[] }[]} each take with its `number` in the pad, its `title`, the
 *   `pad` it is an example of here, and, where it is by a label, the `label`'s id
 */
export function takeGroups(starling, pads) {
  const { takes = {}, labels = {} } = starling.document
  const labelled = Object.entries(labels)
  return pads.map((pad, index) => {
    const own = starling.ordered('takes', { category: pad.id })
    const others = labelled.filter(([, { category, take }]) => category === pad.id && takes[take])
      .map(([label, { take }]) => ({ id: take, label, ...takes[take] }))
    const list = [...own, ...others].map((take, place) => ({
      ...take, pad: pad.id, number: place + 1, title: take.name || `Take ${place + 1}`,
    }))
    return { pad, index, takes: list.toReversed() }
  })
}
