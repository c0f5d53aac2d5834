import { element } from '/widgets/dom.js'
import { FullScreen } from './full-screen.js'
import { NameBoard } from './name-board.js'
import { PictureWall } from './picture-wall.js'
import { StagePads } from './stage-pads.js'
import { Stillness } from './stillness.js'
import { toolBar } from './tool-bar.js'

/** The stage: a picture as large as the screen, the pads, the name of what is recognised; or as little as is wanted. */
export class PerformView {
  isOpen = false
  #opener = null
  #behind = []

  /** Makes it when its looks are there. */
  static async make(store, hands) {
    const looks = element('link', { rel: 'stylesheet', href: '/studio/perform/perform.css' })
    const loaded = new Promise((resolve, reject) => Object.assign(looks, { onload: resolve, onerror: reject }))
    document.head.append(looks)
    await loaded.catch(() => {
      throw new Error('The stage could not be loaded. Try it again when the server can be reached.')
    })
    return new PerformView(store, hands)
  }

  constructor(store, hands) {
    const isShown = () => this.isOpen
    this.wall = new PictureWall(store, isShown)
    this.board = new NameBoard(store, isShown, () => this.wall.saysNames)
    this.pads = new StagePads(store, hands, isShown)
    this.node = element('section', { class: 'perform', 'aria-label': 'Perform', tabIndex: -1, hidden: true },
      this.wall.node, this.board.node, this.pads.node, toolBar(store, this))
    this.fullScreen = new FullScreen(() => this.close())
    this.stillness = new Stillness(this.node)
    addEventListener('keydown', ({ key }) => key === 'Escape' && !document.querySelector('dialog[open]') && this.close())
    document.body.append(this.node)
  }

  /** Comes over the studio, which rests meanwhile. @param {HTMLElement} opener gets the focus back */
  open(opener) {
    if (this.isOpen) return
    this.isOpen = true
    this.#opener = opener
    this.#behind = [...document.body.children].filter((node) => node !== this.node && node.localName !== 'starling-notices' && !node.inert)
    for (const node of this.#behind) node.inert = true
    this.node.hidden = false
    this.wall.show()
    this.fullScreen.enter()
    this.stillness.begin()
    this.node.focus()
  }

  /** Goes back to the studio. */
  close() {
    if (!this.isOpen) return
    this.isOpen = false
    this.stillness.end()
    this.fullScreen.leave()
    this.wall.giveBack()
    this.pads.letGo()
    this.node.hidden = true
    for (const node of this.#behind) node.inert = false
    this.#opener.focus()
  }

  /** Presses a pad by its place. */
  press(index) {
    this.pads.press(index)
  }
}
