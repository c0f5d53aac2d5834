/** The bus: what every feature, model output and parameter is at this moment. */
import { Event } from '../shared/abi.js'
import { StarlingError } from './errors.js'

const playRoot = '/play/'
const mergeMilliseconds = 1000

export class Bus {
  #document
  #memory
  #apply
  #events = null
  #held = new Set()
  #merge = { path: null, at: 0, count: 0 }

  /**
   * @param {import('./project-document.js').ProjectDocument} document
   * @param {import('./memory.js').Memory} memory
   * @param {(command: object) => void} apply
   */
  constructor(document, memory, apply) {
    this.#document = document
    this.#memory = memory
    this.#apply = apply
  }

  /** @param {{ push: Function }} events of the link to the audio thread */
  connect(events) {
    this.#events = events
    this.#held.clear()
  }

  /**
   * A slot's value now, in its unit. Before the sound has been started: what the project says, or the default.
   * @param {string} path such as '/listen/mic/pitch'
   * @returns {number} NaN if there is no such slot
   */
  value(path) {
    const slot = this.#document.slots.get(path)
    if (!slot) return NaN
    const value = this.#memory.newest(slot.slot)
    return Number.isNaN(value) ? this.#placed(slot) : value
  }

  /** Where a slot's value lies in its range, 0…1; NaN if there is no such slot. @param {string} path @returns {number} */
  position(path) {
    const slot = this.#document.slots.get(path)
    return slot ? this.#document.position(slot.slot, this.value(path)) : NaN
  }

  /** A slot's value with its unit, for people; empty if there is no such slot. @param {string} path @returns {string} */
  text(path) {
    const slot = this.#document.slots.get(path)
    return slot ? this.#document.text(slot.slot, this.value(path)) : ''
  }

  /**
   * Moves a parameter, as a player's hand does.
   *
   * Without a commit the parameter is held: models and mappings let go of it until a commit comes. The commit goes
   * into the project, as one step to undo, unless the project already says so.
   * @param {string} path of a parameter, such as '/play/choir/breath'
   * @param {number} value in the slot's unit
   * @param {{ commit?: boolean }} [options] false while a hand is still moving
   * @throws {StarlingError} when the slot is not a parameter
   */
  set(path, value, { commit = true } = {}) {
    const slot = this.#document.slots.get(path)
    if (!slot || !path.startsWith(playRoot)) {
      throw new StarlingError(`${path} cannot be set. Parameters begin with ${playRoot}; starling.slots lists them.`)
    }
    if (!Number.isFinite(value)) throw new StarlingError(`${path} cannot be set to ${value}. Give it a number.`)
    const { slot: number } = slot
    if (!commit && !this.#held.has(number)) this.#send(Event.grab, number, 0)
    if (!commit) this.#held.add(number)
    this.#send(Event.set, number, value)
    if (commit) this.#commit(slot, path, value)
  }

  /** Lets go of a parameter held without a commit: it goes where the project has it, or what drives it. @param {string} path */
  letGo(path) {
    const slot = this.#document.slots.get(path)
    if (!slot || !this.#held.delete(slot.slot)) return
    this.#send(Event.set, slot.slot, this.#placed(slot))
    this.#send(Event.letGo, slot.slot, 0)
  }

  #commit({ slot, label }, path, value) {
    const id = path.slice(playRoot.length)
    if (this.#document.tables.parameters[id]?.value !== value) {
      const changes = [{ table: 'parameters', id, field: 'value', value }]
      this.#apply({ name: `Set ${label}`, changes, merge: this.#mergeText(path) })
    }
    if (this.#held.delete(slot)) this.#send(Event.letGo, slot, 0)
  }

  // Steps that follow each other closely on the same parameter are one to undo.
  #mergeText(path) {
    const now = performance.now()
    const isNext = this.#merge.path === path && now - this.#merge.at < mergeMilliseconds
    this.#merge = { path, at: now, count: this.#merge.count + (isNext ? 0 : 1) }
    return `${path} ${this.#merge.count}`
  }

  #send(kind, slot, value) {
    this.#events?.push(kind, slot, value)
  }

  #placed({ path, default: initial }) {
    return this.#document.tables.parameters[path.slice(playRoot.length)]?.value ?? initial
  }
}
