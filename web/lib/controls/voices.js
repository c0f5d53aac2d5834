/**
 * Which notes are held on which channels. Controllers of many dimensions (MPE, MIDI Association 2018) give each note a channel of its own,
 * so that its bend, pressure and timbre are told apart: a control that hears any channel follows the newest note alone.
 */
export class Voices {
  #held = []

  /** Takes a message in. @param {{ kind: string, channel: number, number: number }} message see `parsed` */
  take({ kind, channel, number }) {
    if (kind !== 'on' && kind !== 'off') return
    this.#held = this.#held.filter((note) => note.channel !== channel || note.number !== number)
    if (kind === 'on') this.#held.push({ channel, number })
  }

  /** Whether what comes on a channel is about an older note than the newest. @param {number} channel */
  isOlder(channel) {
    return this.#held.some((note) => note.channel === channel) && this.#held.at(-1).channel !== channel
  }
}
