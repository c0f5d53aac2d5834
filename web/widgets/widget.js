/**
 * The base of all elements here.
 *
 * A widget *receives* state by properties and *requests* changes by events; it never changes its own state.
 * `build` makes its children once, `update` shows the properties.
 */
export class Widget extends HTMLElement {
  #isBuilt = false

  connectedCallback() {
    if (!this.#isBuilt) {
      this.#isBuilt = true
      this.build()
    }
    this.update()
  }

  /** Makes the children. */
  build() {}

  /** Shows the properties. */
  update() {}

  /** To be called by setters after a property changed. */
  changed() {
    if (this.#isBuilt) this.update()
  }

  /** Asks the owner for something. Bubbles. */
  request(name, detail = undefined) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }))
  }
}
