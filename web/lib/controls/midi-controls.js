/** What a MIDI message means to controls, and which control it would make. */
import { indexOf } from './records.js'

const words = { controller: 'Controller', note: 'Note', bend: 'Pitch bend', pressure: 'Pressure' }
const usualRange = { low: 0, high: 1 }
const ranges = { bend: { low: -1, high: 1 } }

const wordOf = (kind) => (kind === 'on' || kind === 'off' ? 'note' : kind)

/**
 * What a message sets: a value for each control that it feeds.
 * @param {object[]} controls records @param {object} message see `parsed`; or of the kind `tempo`
 * @param {import('./voices.js').Voices} voices the notes that are held
 * @returns {{ index: number, value: number | null }[]} null where a control takes it but stays where it is
 */
export function fedBy(controls, message, voices) {
  const { kind, channel, number, value } = message
  const isOlder = kind !== 'on' && kind !== 'off' && voices.isOlder(channel)
  return controls.filter((control) => hears(control, message)).map((control) => {
    if (isOlder && control.channel === 0) return { index: indexOf(control.id), value: null }
    if (control.message !== 'key') return { index: indexOf(control.id), value }
    return { index: indexOf(control.id), value: kind === 'on' ? number : null }
  })
}

/** The fields of the control that a message makes; null where it makes none, or one takes it already. */
export function learnedFrom(controls, message) {
  const { kind, channel, number } = message
  const word = kind === 'off' ? null : wordOf(kind)
  if (!words[word] || controls.some((control) => hears(control, message))) return null
  const isNumbered = word === 'controller' || word === 'note'
  const name = isNumbered ? `${words[word]} ${number}` : words[word]
  return { name, source: 'midi', message: word, channel, ...(isNumbered && { number }), ...(ranges[word] ?? usualRange) }
}

/** Whether a control takes a message. Channel 0 is any, and so is a number that is absent. */
function hears(control, { kind, channel, number }) {
  if (control.source !== 'midi' || (control.channel > 0 && channel > 0 && control.channel !== channel)) return false
  const word = wordOf(kind)
  if (control.message === 'key') return word === 'note'
  return control.message === word && (control.number === undefined || control.number === number)
}
