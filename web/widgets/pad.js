/**
 * `<starling-pad>`: a category as a surface to hold while making its sound.
 *
 *     <starling-pad label="Whisper"></starling-pad>
 *     pad.note = '58 examples'; pad.certainty = 0.74
 *     pad.addEventListener('pad-press', () => teach())
 *
 * Attributes: `label`, the category's name; `key`, the key that holds it; `data-chosen`; `data-teaching`.
 * Properties: `mark` `{ color, shape }`; `note`, some words about it; `certainty` 0…1, may change
 * with every animation frame; `certaintyText`, at most some times a second.
 * Events: `pad-press` and `pad-release` while held by mouse, finger or Space; `pad-toggle` on Enter, for whoever
 * cannot hold; `pad-rename` `{ name }` after F2 or a double click; `pad-delete` on Delete.
 */
import { drawing, element, setAttribute, setText } from './dom.js'
import { holdable } from './hold.js'
import { markPath } from './marks.js'
import { Widget } from './widget.js'

export class Pad extends Widget {
  mark = { color: '#fff', shape: 'disc' }
  note = ''
  #certainty = 0
  #shown = -1

  build() {
    this.shape = drawing('path')
    this.name = element('b')
    this.count = element('span', { class: 'count' })
    this.percent = element('span', { class: 'percent' })
    this.key = element('kbd', { 'aria-hidden': 'true' })
    this.fill = element('i')
    const mark = drawing('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, this.shape)
    this.surface = element(
      'button',
      { class: 'surface', type: 'button' },
      element('span', { class: 'title' }, mark, this.name, this.key),
      element('span', { class: 'facts' }, this.count, this.percent),
      element('span', { class: 'bar', 'aria-hidden': 'true' }, this.fill),
    )
    this.append(this.surface)
    this.#listen()
  }

  get certainty() {
    return this.#certainty
  }

  set certainty(certainty) {
    this.#certainty = certainty
    if (this.fill && Math.abs(certainty - this.#shown) > 0.002) {
      this.#shown = certainty
      this.fill.style.transform = `scaleX(${certainty.toFixed(3)})`
    }
  }

  set certaintyText(text) {
    if (this.percent) setText(this.percent, text)
  }

  update() {
    const label = this.getAttribute('label') ?? ''
    const key = this.getAttribute('key') ?? ''
    setText(this.name, label)
    setText(this.key, key)
    this.key.hidden = key === ''
    setText(this.count, this.note)
    setAttribute(this.shape, 'd', markPath(this.mark.shape))
    this.style.setProperty('--mark', this.mark.color)
    setAttribute(this.surface, 'aria-pressed', this.hasAttribute('data-teaching'))
    setAttribute(this.surface, 'aria-label', `Teach ${label}, ${this.note}`)
    setAttribute(this.surface, 'aria-keyshortcuts', key || null)
  }

  focus() {
    this.surface.focus()
  }

  /** Lets the player type another name, in place. */
  edit() {
    const field = element(
      'input',
      { class: 'name-field', value: this.getAttribute('label') ?? '', maxLength: 40, 'aria-label': 'Name of this pad' },
    )
    let isOpen = true
    const end = (isMeant) => {
      if (!isOpen) return
      isOpen = false
      const name = field.value.trim()
      field.remove()
      this.surface.focus()
      if (isMeant && name && name !== this.getAttribute('label')) this.request('pad-rename', { name })
    }
    field.addEventListener('blur', () => end(true))
    field.addEventListener('keydown', (event) => {
      event.stopPropagation()
      if (event.key !== 'Enter' && event.key !== 'Escape') return
      event.preventDefault()
      end(event.key === 'Enter')
    })
    this.append(field)
    field.select()
  }

  #listen() {
    holdable(this.surface, {
      press: () => this.request('pad-press'),
      letUp: () => this.request('pad-release'),
      toggle: () => this.request('pad-toggle'),
    })
    this.surface.addEventListener('dblclick', () => this.edit())
    this.surface.addEventListener('keydown', ({ key, repeat }) => {
      if (key === 'F2') this.edit()
      if (key === 'Delete' && !repeat) this.request('pad-delete')
    })
  }
}

customElements.define('starling-pad', Pad)
