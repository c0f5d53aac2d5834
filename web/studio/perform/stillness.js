const restMilliseconds = 3000
const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin']

/** Marks an element as `data-still` some seconds after anybody moved: pointer and tools go out of the picture. */
export class Stillness {
  #node
  #timer = 0

  constructor(node) {
    this.#node = node
  }

  #stir = () => {
    delete this.#node.dataset.still
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.#node.dataset.still = ''), restMilliseconds)
  }

  begin() {
    for (const sign of signs) this.#node.addEventListener(sign, this.#stir)
    this.#stir()
  }

  end() {
    for (const sign of signs) this.#node.removeEventListener(sign, this.#stir)
    clearTimeout(this.#timer)
    delete this.#node.dataset.still
  }
}
