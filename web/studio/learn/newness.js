/** From here on an input is like nothing that was taught, and from there on somewhat. */
const [unlike, somewhat] = [0.8, 0.5]

/** How new what is heard is, in words; empty while unknown. @param {number} novelty 0…1 */
export function newnessWords(novelty) {
  if (!Number.isFinite(novelty)) return ''
  if (novelty >= unlike) return 'Unlike anything you taught.'
  return novelty >= somewhat ? 'Somewhat unlike what you taught.' : 'Like what you taught.'
}

/** Whether it is so new that an answer would be a guess. */
export const isUnlike = (novelty) => novelty >= unlike
