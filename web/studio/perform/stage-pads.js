import { button, drawing, element, keep, setAttribute, setText } from '/widgets/dom.js'
import { mark, markPath } from '/widgets/marks.js'
import { certaintyPath, learnPath } from '../paths.js'

/**
 * The pads as large buttons. One press recalls a pad's sound and keeps it, whatever is recognised; another press gives
 * it back to what is recognised: all of it can be done with one switch.
 */
export class StagePads {
  isWanted = true
  /** The pad whose sound is kept, or null. */
  #kept = null
  #shown = []

  constructor(store, hands, isShown) {
    Object.assign(this, { store, hands })
    this.node = element('div', { class: 'stage-pads', role: 'group', 'aria-label': 'Pads' })
    store.subscribe(() => this.#list())
    store.frame.paint(() => isShown() && this.#paint())
    store.frame.write(() => isShown() && this.#mark())
  }

  /** Presses a pad by its place. */
  press(index) {
    const pad = this.store.pads[index]
    if (!pad) return
    const wasKept = this.#kept?.id === pad.id
    this.letGo()
    if (!wasKept) this.#keep(pad)
    this.store.changed()
  }

  /** Gives the sound back to what is recognised. */
  letGo() {
    if (!this.#kept) return
    if (this.#hasNote) this.store.starling.noteOff(this.#kept.note)
    this.#kept = null
    this.hands.letGo()
  }

  #keep(pad) {
    this.#kept = pad
    this.hands.recall(pad.name, this.#soundOf(pad))
    if (this.#hasNote) this.store.starling.noteOn(this.#kept.note)
  }

  get #hasNote() {
    return typeof this.#kept.note === 'number'
  }

  #soundOf(pad) {
    const known = new Set(this.store.starling.slots.map(({ path }) => path))
    const presets = this.store.starling.ordered('presets', { category: pad.id })
    return Object.fromEntries(presets.filter(({ parameter }) => known.has(`/play/${parameter}`)).map(({ parameter, value }) => [parameter, value]))
  }

  #list() {
    const { pads, model } = this.store
    if (this.#kept && !pads.some(({ id }) => id === this.#kept.id)) this.letGo()
    const nodes = keep(this.node, pads, ({ id }) => id, ({ id }) => this.#button(id), (node, pad, index) => {
      setText(node.parts.name, pad.name)
      node.style.setProperty('--mark', mark(index).color)
      setAttribute(node.parts.shape, 'd', markPath(mark(index).shape))
      setAttribute(node, 'aria-pressed', this.#kept?.id === pad.id)
      setAttribute(node, 'aria-keyshortcuts', index < 9 ? index + 1 : null)
    })
    this.#shown = pads.map(({ id }) => ({ node: nodes.get(id), path: certaintyPath(model.id, id) }))
  }

  #button(id) {
    const node = button('', () => this.press(this.store.pads.findIndex((pad) => pad.id === id)), { class: 'stage-pad' })
    const parts = { shape: drawing('path'), name: element('b'), fill: element('i') }
    node.parts = parts
    node.append(drawing('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, parts.shape), parts.name,
      element('span', { class: 'bar', 'aria-hidden': 'true' }, parts.fill))
    return node
  }

  #paint() {
    const { bus } = this.store.starling
    for (const { node, path } of this.#shown) node.parts.fill.style.transform = `scaleX(${bus.value(path).toFixed(3)})`
  }

  #mark() {
    const { starling, model } = this.store
    const label = model && starling.running ? starling.bus.value(learnPath(model.id, 'label')) : -1
    this.#shown.forEach(({ node }, index) => node.toggleAttribute('data-recognised', index === label))
    this.node.hidden = !this.isWanted || this.#shown.length === 0
  }
}
