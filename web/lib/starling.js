/**
 * Starling for programs in pages: listen, teach, play. docs/api.md tells how; every member is described here.
 *
 *     import { Starling } from '/lib/starling.js'
 *     const starling = await Starling.create()
 *     button.onclick = async () => {
 *       await starling.start()
 *       await starling.listen('microphone')
 *     }
 */
import { Event as Kind } from '../shared/abi.js'
import { StarlingError } from './errors.js'
import { Session } from './session.js'

export { StarlingError }

/** The parameter that says whether the transport runs. */
const running = 'transport/running'

/**
 * An instrument that learns.
 *
 * Events: `document` (detail: the command, or null when all is new), `training`, `map`, `check` (detail `{ model,
 * progress }`), `health`, `input`, `saved`, and `notice` with detail `{ kind: 'error' | 'warning' | 'recovered', message }`, a sentence for the player.
 */
export class Starling extends EventTarget {
  #session = new Session((type, detail = null) => this.dispatchEvent(new CustomEvent(type, { detail })))

  /**
   * Everything but sound: loads the engine, opens a project, begins to learn it.
   * @param {object} [options]
   * @param {string | URL | Uint8Array} [options.project] a .starling file or its address; without it the project that
   *   was open last in this browser, or else the ready example
   * @returns {Promise<Starling>}
   * @throws {StarlingError} when the engine or the project cannot be loaded
   */
  static async create({ project } = {}) {
    const starling = new Starling()
    await starling.#session.begin(project)
    starling.addEventListener('document', () => starling.#openControls())
    starling.#openControls()
    return starling
  }

  /** The values of all slots now. @type {import('./bus.js').Bus} */
  get bus() {
    return this.#session.bus
  }

  /** The last 30 seconds. @type {import('./memory.js').Memory} */
  get memory() {
    return this.#session.memory
  }

  // Sound

  /**
   * Starts the sound, or goes on with it after the browser took it away. Call it from a click or a key.
   * @throws {StarlingError} when the browser cannot or will not
   */
  async start() {
    await this.#session.audio.start()
  }

  /** Whether sound is running now. @type {boolean} */
  get running() {
    return this.#session.audio.isRunning
  }

  /**
   * Listens to something else from now on, and notes that in the project. What was heard before goes on if it fails.
   * @param {'microphone' | 'tone' | 'none' | { deviceId: string } | File | ArrayBuffer} input a sound file is repeated
   * @throws {StarlingError} when it is refused, absent or not readable
   */
  async listen(input) {
    await this.#session.listen(input)
  }

  /** What is listened to: `{ kind, label, warning, deviceId? }`; the warning is a sentence or empty. */
  get input() {
    return this.#session.inputs.current
  }

  /**
   * The newest sound that is heard, for pictures; silence before the sound has been started.
   * @param {Float32Array} into up to 8192 samples, oldest first
   */
  outputSound(into) {
    this.#session.audio.listenToOutput(into)
  }

  /** The microphones there are. @returns {Promise<{ id: string, label: string }[]>} */
  inputs() {
    return this.#session.inputs.list()
  }

  /** Whether any instrument plays; may be set. What stops playing stops the transport too. @type {boolean} */
  get playing() {
    return this.ordered('instruments').some(({ playing }) => playing)
  }

  set playing(isPlaying) {
    const instruments = this.ordered('instruments').filter(({ playing }) => playing !== isPlaying)
    const changes = instruments.map(({ id }) => ({ table: 'instruments', id, field: 'playing', value: isPlaying }))
    if (!isPlaying && this.document.parameters?.[running]?.value) changes.push({ table: 'parameters', id: running, field: 'value', value: 0 })
    if (changes.length > 0) this.apply({ name: isPlaying ? 'Play' : 'Stop playing', changes })
    if (!isPlaying) this.panic()
  }

  /**
   * Starts a note on every instrument of the project.
   * @param {number} note MIDI note number
   * @param {number} [velocity] 0…1
   */
  noteOn(note, velocity = 0.8) {
    this.#session.audio.link?.events.push(Kind.noteOn, note, velocity)
  }

  /** Ends a note. @param {number} note MIDI note number */
  noteOff(note) {
    this.#session.audio.link?.events.push(Kind.noteOff, note, 0)
  }

  /** Ends all notes and tails at once. */
  panic() {
    this.#session.audio.link?.events.push(Kind.panic, 0, 0)
  }

  // Teaching

  /**
   * Begins to teach a category with what is heard from now on; it learns while you hold.
   * @param {string} category its id
   * @returns {import('./recorder.js').Hold} call its `release()`
   * @throws {StarlingError} when the sound has not been started, or another take is being held
   */
  hold(category) {
    return this.#session.recorder.hold(category)
  }

  /**
   * Teaches a category with what was heard before.
   * @param {{ seconds: number } | { from: number, to: number }} moment the last seconds, or from … to seconds ago
   * @param {string} category its id
   * @returns {string} the take's id
   * @throws {StarlingError} when nothing was heard then
   */
  keep(moment, category) {
    return this.#session.recorder.keep(moment, category)
  }

  /** Removes a take; `undo` brings it back. @param {string} id */
  removeTake(id) {
    this.apply({ name: 'Remove a take', changes: [{ table: 'takes', id, field: null, value: null }] })
  }

  /** Makes what the player has set the preset of a category. @param {string} category its id */
  capture(category) {
    this.#session.applied(this.#session.document.capture(category))
  }

  /**
   * How learning goes: `{ milliseconds, examples, fit, heldOut, progress, longestSlice, models }`. Milliseconds from the
   * last example to the weights that know it; fit to the examples and to held-out ones 0…1, null while unknown;
   * progress 0…1. Models: `{ id, examples, fit, heldOut, progress, secondsLeft, message, hints }` of each; secondsLeft null
   * while unknown; message a sentence or null; hints `[{ kind, text, categories, takes, features }]`, what would help it,
   * in words, and the ids concerned.
   */
  get training() {
    return this.#session.training.state
  }

  /** The flat map of the first model's examples; see `mapOf`. */
  get map() {
    return this.mapOf(this.ordered('models')[0]?.id)
  }

  /**
   * A flat map of a model's examples, alike ones near each other.
   * @param {string} model its id
   * @returns {{ points: Float32Array, categories: string[], takes: string[] }} x, y and an id for each point
   */
  mapOf(model) {
    return this.#session.training.map(model)
  }

  /**
   * How well a model does on takes that it has not seen: it learns again and again without some of them, and is asked
   * about those. Runs while there is nothing to train; the event `check` tells how far it is.
   * @param {string} model its id
   * @param {{ by?: 'takes' | 'folds', folds?: number }} [how] whole takes left out, or one of 2…20 parts at a time
   * @returns {Promise<{ model: string, task: string, accuracy: number?, categories: object[], confusion: number[][],
   *   confused: object[], outputs: object[], curve: object[], fit: number? }>} docs/api.md describes the parts
   * @throws {StarlingError} when there is too little to hold any back, and when an edit or another check ends it
   */
  check(model, how) {
    return this.#session.training.check(model, how)
  }

  // Takes

  /**
   * A take's feature rows, untrimmed.
   * @param {string} id
   * @returns {Promise<{ columns: string[], rate: number, rows: Float32Array, count: number }>} rate in rows a second; rows
   *   one behind the other, a number for each column
   * @throws {StarlingError} when they are not here
   */
  async takeRows(id) {
    return this.#session.document.takeRows(id)
  }

  /**
   * A take's sound, untrimmed.
   * @param {string} id
   * @returns {Promise<{ sampleRate: number, samples: Float32Array } | null>} null where none was kept
   */
  async takeSound(id) {
    return this.#session.document.takeSound(id)
  }

  /**
   * Plays the part of a take that teaches, beside the instrument; it is not listened to.
   * @param {string} id
   * @returns {{ stop: () => void, ended: Promise<void> }}
   * @throws {StarlingError} when the sound has not been started, or none was kept
   */
  hear(id) {
    return this.#session.hear(id)
  }

  /**
   * A model's examples as CSV: take, time, category or targets, then features; a row an example.
   * @param {string} model its id
   * @returns {Uint8Array}
   */
  exportExamples(model) {
    return this.#session.document.exportExamples(model)
  }

  /**
   * Makes takes of examples in CSV, as `exportExamples` writes it; take and time may be missing.
   * @param {string} model its id
   * @param {Uint8Array} bytes
   * @returns {number} how many takes were made
   * @throws {StarlingError} with the line, when it cannot be read; nothing is changed then
   */
  importExamples(model, bytes) {
    return this.#session.importExamples(model, bytes)
  }

  // Sounds that instruments play

  /**
   * Puts a sound file into one of the eight places from which granular and sampler play. Stereo becomes mono; what is too long is
   * cut off, which a notice says.
   * @param {number} place 1…8; a sound that is there goes
   * @param {File | Blob | ArrayBuffer} file in any format that the browser can read
   * @param {string} [name] for people; the file's own otherwise
   * @returns {Promise<void>}
   * @throws {StarlingError} when it cannot be read or there is nothing to hear in it
   */
  loadSound(place, file, name) {
    return this.#session.sounds.load(place, file, name)
  }

  /**
   * Puts a moment of the last 30 seconds into such a place.
   * @param {number} place 1…8
   * @param {{ seconds?: number, from?: number, to?: number, name?: string }} moment in seconds ago; `seconds` alone means the last ones
   * @throws {StarlingError} when nothing was heard then
   */
  keepSound(place, moment) {
    this.#session.sounds.keepMoment(place, moment)
  }

  /**
   * Plays a sound of the table `sounds` as it was recorded, beside the instruments.
   * @param {string} id
   * @returns {{ stop: () => void, ended: Promise<void> }}
   * @throws {StarlingError} when the sound has not been started
   */
  hearSound(id) {
    return this.#session.sounds.hear(id)
  }

  // Other programs and devices

  /**
   * Controls, which OSC and MIDI set, and what is sent by them; loaded when they are first asked for, or when the project has any.
   * @returns {Promise<import('./controls/controls.js').Controls>}
   * @throws {StarlingError} when they cannot be loaded
   */
  controls() {
    return this.#session.loadControls(this)
  }

  #openControls() {
    const { controls, sends } = this.document
    if (Object.keys(controls).length + Object.keys(sends).length > 0) this.controls().catch(() => {})
  }

  // The project

  /** What there is to choose from: features, models, instruments, effects, visuals, drives, with their parameters. */
  get catalogue() {
    return this.#session.document.catalogue
  }

  /** All slots of the bus: `[{ slot, path, label, unit, minimum, maximum, default, curve, help }]`. */
  get slots() {
    return this.#session.document.slotList
  }

  /** The project's tables: `{ models: { words: { name, kind, … } }, … }`, frozen; what did not change stays the same object. */
  get document() {
    return this.#session.document.tables
  }

  /**
   * A table's records by their order.
   * @param {string} table
   * @param {object} [filter] fields and the values they must have
   * @returns {object[]} `{ id, …fields }`
   */
  ordered(table, filter) {
    return this.#session.document.ordered(table, filter)
  }

  /**
   * Changes the project: everything in one step that can be undone, or nothing.
   * @param {{ name: string, changes: { table: string, id: string, field: string?, value: any }[], merge?: string }} command
   *   field and value null delete a record; equal merge texts in a row become one step
   * @throws {StarlingError} when it does not fit the project
   */
  apply(command) {
    this.#session.apply(command)
  }

  /** @throws {StarlingError} when there is nothing to undo */
  undo() {
    this.#session.applied(this.#session.document.undo())
  }

  /** @throws {StarlingError} when there is nothing to redo */
  redo() {
    this.#session.applied(this.#session.document.redo())
  }

  /** What `undo` would take back, or null. @type {string | null} */
  get undoName() {
    return this.#session.document.history.undo
  }

  /** What `redo` would do again, or null. @type {string | null} */
  get redoName() {
    return this.#session.document.history.redo
  }

  /** The project with what it has learned, as a .starling file. @returns {Promise<Uint8Array>} */
  exportProject() {
    return this.#session.export()
  }

  /** Opens a .starling file instead of this project. @param {Uint8Array} bytes @throws {StarlingError} and changes nothing */
  importProject(bytes) {
    this.#session.document.import(bytes)
    this.#session.replaced()
  }

  /** Begins a project with one instrument, three pads and nothing taught. */
  newProject() {
    this.#session.document.openEmpty()
    this.#session.replaced()
  }

  /** `{ state, secondsAgo, where }`; state is 'saved', 'saving', 'failed' or 'none'; secondsAgo null before the first time. */
  get saved() {
    return this.#session.storage.saved
  }

  // Figures and units

  /**
   * `{ dropouts, counted, delaySeconds, load, faults, isolated, sampleRate, memory }`. Dropouts since four seconds after
   * the start; `counted` tells whether the browser counted them or they were guessed from late callbacks. The delay is
   * from ear to ear: device in and out as the browser states it, and one hop; null without sound and in Firefox. Load 0…1
   * of the time there is, null while unknown and without shared memory.
   */
  get health() {
    return this.#session.health.value
  }

  /**
   * Where a mapping takes its destination, 0…1, for `count` positions of its source from its lowest to its highest.
   * @param {string} id @param {number} [count] @returns {Float32Array} empty where its source or destination is gone
   */
  mappingShape(id, count = 65) {
    return this.#session.document.mappingShape(id, count)
  }

  /** Where a value lies in a slot's range, 0…1. @param {{ slot: number }} slot @param {number} value in its unit */
  position({ slot }, value) {
    return this.#session.document.position(slot, value)
  }

  /** The value at a position 0…1 of a slot's range, in its unit. @param {{ slot: number }} slot @param {number} position */
  value({ slot }, position) {
    return this.#session.document.value(slot, position)
  }

  /** A slot's value with its unit: '1.4 kHz'. @param {{ slot: number }} slot @param {number} value */
  text({ slot }, value) {
    return this.#session.document.text(slot, value)
  }
}
