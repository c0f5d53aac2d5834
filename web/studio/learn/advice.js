// The one sentence that helps most now.

/** Below this number of examples a pad knows little. */
const few = 20

/**
 * What to do next, in plain words.
 *
 * @param {{ pads: { id: string, name: string }[], counts: Map<string, number>, recorded: Set<string>,
 *   performances: Map<string, number>, sounding: Set<string>, task: string, isFirst: boolean, hasInputs: boolean,
 *   training: { fit: number | null, heldOut: number | null } }} state
 */
export function advice({ pads, counts, recorded, performances, sounding, task, isFirst, hasInputs, training }) {
  const taught = pads.filter(({ id }) => counts.get(id) > 0)
  const untaught = pads.filter(({ id }) => !counts.get(id))
  const unheard = untaught.find(({ id }) => recorded.has(id))
  const poor = taught.find(({ id }) => counts.get(id) < few)
  const silent = taught.find(({ id }) => !sounding.has(id))
  if (!hasInputs) return 'Choose at least one feature under Listen: without, there is nothing to learn from.'
  if (pads.length === 0) return 'Add a pad for every sound you want to tell apart.'
  if (task === 'gestures') return gestureAdvice(pads, performances)
  if (unheard) return `${unheard.name} has takes, but too quiet ones. Be louder, or lower “Listens above” under How it learns.`
  if (taught.length === 0) return 'Make a sound and hold a pad while it lasts. Then another sound with another pad.'
  if (untaught.length > 0) return `${untaught[0].name} knows nothing yet: hold it while you make its sound.`
  if (pads.length === 1 && task !== 'continuous') return 'Add a second pad: one sound alone is always right.'
  if (poor) return `You have few examples of ${poor.name}. Teach two or three more.`
  if (silent && isFirst && task !== 'continuous') return `${silent.name} changes nothing yet: set the knobs, then choose This sound.`
  if (training.fit < 0.85) return 'Some sounds are much alike to it. Make them differ more, or tick another feature.'
  if (training.fit - training.heldOut > 0.15) return 'It knows your takes better than new sounds. Vary what you teach.'
  return 'It knows your sounds. Play, and teach more wherever it is wrong.'
}

/** Fewer performances than this of a gesture say little of how it may vary. */
const fewPerformances = 2

function gestureAdvice(pads, performances) {
  const untaught = pads.find(({ id }) => !performances.get(id))
  const poor = pads.find(({ id }) => performances.get(id) < fewPerformances)
  if (untaught) return `Hold ${untaught.name} from the beginning of the gesture to its end.`
  if (poor) return `Show ${poor.name} once or twice more: it learns how the gesture may vary.`
  return 'Make your gestures, also while you play. The line shows how far you are.'
}
