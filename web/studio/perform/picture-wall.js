import { element } from '/widgets/dom.js'
import { racks } from '../parameters.js'
import { meterPath } from '../paths.js'
import { pictures } from '../picture-box.js'

/** The picture that fills the stage: one of the project's, borrowed from its card; without any, how loud it is. */
export class PictureWall {
  #store
  #shown = null
  #index = 0
  #level = element('i')

  constructor(store, isShown) {
    this.#store = store
    this.node = element('div', { class: 'wall' }, element('div', { class: 'loud', 'aria-hidden': 'true' }, this.#level))
    store.frame.write(() => isShown() && this.show())
    store.frame.paint(() => isShown() && !this.#shown?.stage.isReady && this.#paintLevel())
  }

  get #all() {
    return racks(this.#store).filter(({ kind }) => kind === 'visual')
  }

  /** How many pictures there are to choose from. */
  get count() {
    return this.#all.length
  }

  /** The name of the picture that is shown; null without any. */
  get name() {
    return this.#all[this.#index]?.name ?? null
  }

  /** Whether the picture itself tells what is recognised. */
  get saysNames() {
    return this.#all[this.#index]?.info.name === 'type' && Boolean(this.#shown?.stage.isReady)
  }

  /** Goes on to the next picture. */
  next() {
    this.#index = (this.#index + 1) % Math.max(1, this.count)
    this.show()
  }

  /** Shows what is to be shown now; pictures come and go as the project changes. */
  show() {
    if (this.#index >= this.count) this.#index = 0
    const wanted = pictures.get(this.#all[this.#index]?.id)?.picture ?? null
    this.node.toggleAttribute('data-empty', !wanted?.stage.isReady)
    if (wanted === this.#shown) return
    this.giveBack()
    this.#shown = wanted
    if (wanted) this.node.prepend(wanted)
  }

  /** The picture returns to its card; one whose card is gone goes too. */
  giveBack() {
    const home = [...pictures.values()].find(({ picture }) => picture === this.#shown)?.box
    if (home?.isConnected) home.prepend(this.#shown)
    else this.#shown?.remove()
    this.#shown = null
  }

  #paintLevel() {
    const { starling } = this.#store
    const level = starling.running ? Math.max(0, 1 + starling.bus.value(meterPath) / 60) : 0
    this.#level.style.transform = `scaleX(${level.toFixed(3)})`
  }
}
