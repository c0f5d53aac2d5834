/**
 * `<starling-keys>`: piano keys, each of which can be held down to form a chord.
 *
 *     <starling-keys label="Held notes"></starling-keys>
 *     keys.notes = [48, 55, 60]
 *     keys.addEventListener('keys-change', ({ detail }) => hold(detail.notes))
 *
 * Attributes: `label`, its name for people. Properties: `notes`, MIDI note numbers; `lowest` and `highest`.
 * Events: `keys-change` `{ notes }`. Keys: arrows move, Space or Enter hold and let go.
 */
import { button, setAttribute } from './dom.js'
import { Widget } from './widget.js'

const names = ['C', 'C sharp', 'D', 'D sharp', 'E', 'F', 'F sharp', 'G', 'G sharp', 'A', 'A sharp', 'B']

/** The note's name, for example `C sharp 4`; 60 is C 4. */
export function noteName(note) {
  return `${names[note % 12]} ${Math.floor(note / 12) - 1}`
}

export class Keys extends Widget {
  lowest = 48
  highest = 72
  #notes = []

  build() {
    this.setAttribute('role', 'group')
    this.setAttribute('aria-label', this.getAttribute('label') ?? 'Notes')
    for (let note = this.lowest; note <= this.highest; note += 1) this.append(this.#key(note))
    this.addEventListener('keydown', (event) => this.#move(event))
  }

  get notes() {
    return this.#notes
  }

  set notes(notes) {
    this.#notes = notes
    this.changed()
  }

  update() {
    for (const key of this.children) setAttribute(key, 'aria-pressed', this.#notes.includes(Number(key.value)))
  }

  #key(note) {
    return button('', () => this.#toggle(note), {
      value: String(note),
      class: names[note % 12].includes('sharp') ? 'black' : 'white',
      'aria-label': noteName(note),
      tabIndex: note === this.lowest ? 0 : -1,
    })
  }

  #toggle(note) {
    const isHeld = this.#notes.includes(note)
    const notes = isHeld ? this.#notes.filter((other) => other !== note) : [...this.#notes, note]
    this.request('keys-change', { notes: notes.sort((a, b) => a - b) })
  }

  #move(event) {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const keys = [...this.children]
    const next = keys[keys.indexOf(document.activeElement) + step]
    if (!next) return
    for (const key of keys) key.tabIndex = key === next ? 0 : -1
    next.focus()
  }
}

customElements.define('starling-keys', Keys)
