/**
 * Which takes the player is looking at: the open one, and those marked for something to be done with all of them.
 * Takes that are gone are forgotten when they are asked for.
 */
export class Picks {
  #store
  #open = null
  #marked = new Set()
  #wanted = null

  constructor(store) {
    this.#store = store
  }

  /** The id of the take whose curves are shown, or null. */
  get open() {
    return this.#store.document.takes?.[this.#open] ? this.#open : null
  }

  set open(id) {
    this.#open = id
    this.#store.changed()
  }

  /** Opens a take and has its row take the focus. */
  find(id) {
    this.#wanted = id
    this.open = id
  }

  /** Whether a take's row is to take the focus now; true only once. */
  isWanted(id) {
    if (this.#wanted !== id) return false
    this.#wanted = null
    return true
  }

  /** The marked takes of the output being looked at, as `store.groups` has them. */
  get marked() {
    return this.#store.groups.flatMap(({ takes }) => takes).filter(({ id }) => this.#marked.has(id))
  }

  has(id) {
    return this.#marked.has(id)
  }

  /** Marks takes, or takes their marks off. */
  mark(ids, isMarked) {
    for (const id of ids) {
      if (isMarked) this.#marked.add(id)
      else this.#marked.delete(id)
    }
    this.#store.changed()
  }

  /** Takes all marks off. */
  clear() {
    this.#marked.clear()
    this.#store.changed()
  }
}
