/** Refusals in words: the engine's own, and the browser's translated. */
import { StarlingError } from '../shared/errors.js'

export { StarlingError }

const microphoneSentences = {
  NotAllowedError:
    'The microphone is not allowed. Allow it by the icon beside the address of this page, then choose it again; or play a sound file instead.',
  NotFoundError: 'There is no microphone. Plug one in and choose it again; or play a sound file instead.',
  NotReadableError: 'The microphone is in use by another program. Close that program and choose the microphone again.',
  OverconstrainedError: 'This microphone is not there any more. Choose another one.',
}

/** What to do about an error of `getUserMedia`. @param {Error} error @returns {StarlingError} */
export function microphoneError({ name, message }) {
  return new StarlingError(
    microphoneSentences[name] ?? `The microphone cannot be used (${name}: ${message}). Choose another input.`,
  )
}

/** Runs something that is to say what to do when it fails. */
export async function explained(work, sentence) {
  try {
    return await work()
  } catch (error) {
    throw error instanceof StarlingError ? error : new StarlingError(`${sentence} (${error.message})`)
  }
}
