/**
 * The project document: an instance of document.wasm that holds it, checks it and changes it.
 */
import { EngineInstance, textOf } from '../shared/abi.js'
import { Tables, renewed } from './tables.js'

const separator = new Uint8Array(1)

export class ProjectDocument {
  /** Features, models, instruments, effects and the engine's sizes: what there is to choose from. */
  catalogue
  #engine
  #calls
  #tables = new Tables(() => this.#engine.json(this.#calls.document_json()))
  #slotList = null
  #slots = null

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.#engine = new EngineInstance(module)
    this.#calls = this.#engine.exports
    this.catalogue = renewed(null, this.#engine.json(this.#calls.catalogue()))
  }

  /** How many features there are: they are the first slots of a row. @returns {number} */
  get featureCount() {
    return this.catalogue.features.flatMap(({ outputs }) => outputs).length
  }

  /** How many slots a take's row has: the features, then controls and derived features up to the last that the project has. @returns {number} */
  get columnCount() {
    const { controls, derived } = this.tables
    const numbers = (records, before) => Object.keys(records).map((id) => this.featureCount + before + Number(id.match(/\d+$/)))
    return Math.max(this.featureCount, ...numbers(controls, 0), ...numbers(derived, this.catalogue.controls))
  }

  /** How the project listens: frame size, profile by number, bands (0: as many as the profile has). @returns {number[]} */
  get listening() {
    const { frame, profile, bands = 0 } = this.tables.listening.listening
    return [frame, this.catalogue.profiles.indexOf(profile), bands]
  }

  // Whole documents

  /** One instrument, three pads and nothing taught. */
  openEmpty() {
    this.#replaced(this.#calls.document_empty())
  }

  /** @param {Uint8Array} document JSON @param {{ bytes: Uint8Array }[]} blobs it refers to */
  open(document, blobs) {
    this.#replaced(this.#calls.document_open(this.#engine.give(document)))
    for (const { bytes } of blobs) this.#engine.taken(this.#calls.document_add_blob(this.#engine.give(bytes)))
  }

  /** @param {Uint8Array} bytes of a .starling file; refused whole or taken whole */
  import(bytes) {
    this.#replaced(this.#calls.document_import(this.#engine.give(bytes)))
  }

  /** @returns {Uint8Array} a .starling file */
  export() {
    return this.#engine.taken(this.#calls.document_export())
  }

  /** What a model has learned, for the next export. @param {string} model its id @param {Uint8Array} weights */
  addWeights(model, weights) {
    this.#engine.taken(this.#calls.document_add_weights(this.#engine.give(model, separator, weights)))
  }

  /** The document as JSON. @returns {Uint8Array} */
  get json() {
    return this.#engine.taken(this.#calls.document_json())
  }

  /** All blobs the document refers to. @returns {{ id: string, bytes: Uint8Array }[]} */
  get blobs() {
    return [...this.#blobsOf('takes', 'rows'), ...this.#blobsOf('takes', 'sound'), ...this.#blobsOf('inputs', 'sound'), ...this.#blobsOf('sounds', 'sound')]
  }

  /** Those to learn from. @returns {{ id: string, bytes: Uint8Array }[]} */
  get rows() {
    return this.#blobsOf('takes', 'rows')
  }

  #blobsOf(table, field) {
    const ids = new Set(Object.values(this.tables[table]).map((record) => record[field]).filter(Boolean))
    return [...ids].map((id) => ({ id, bytes: this.blob(id) }))
  }

  /** @param {Uint8Array} bytes that a command will name @returns {string} their name */
  addBlob(bytes) {
    return this.#engine.text(this.#calls.document_add_blob(this.#engine.give(bytes)))
  }

  /** @param {string} id @returns {Uint8Array} */
  blob(id) {
    return this.#engine.taken(this.#calls.document_blob(this.#engine.give(id)))
  }

  /** A model's examples as CSV. @param {string} model @returns {Uint8Array} */
  exportExamples(model) {
    return this.#engine.taken(this.#calls.document_export_examples(this.#engine.give(model)))
  }

  /** A take's rows, whole; see `Starling.takeRows`. @param {string} id */
  takeRows(id) {
    const bytes = this.#engine.taken(this.#calls.document_take_rows(this.#engine.give(id)))
    const [count] = new Uint32Array(bytes.buffer, 8, 1)
    const [rate] = new Float64Array(bytes.buffer, 0, 1)
    return { columns: this.tables.takes[id].columns, rate, rows: new Float32Array(bytes.buffer, 16), count }
  }

  /** A take's sound, whole; see `Starling.takeSound`. @param {string} id */
  takeSound(id) {
    const bytes = this.#engine.taken(this.#calls.document_take_sound(this.#engine.give(id)))
    if (bytes.length <= 4) return null
    return { sampleRate: new Uint32Array(bytes.buffer, 0, 1)[0], samples: new Float32Array(bytes.buffer, 4) }
  }

  /** A sound that instruments play. @param {string} id */
  sound(id) {
    const bytes = this.#engine.taken(this.#calls.document_sound(this.#engine.give(id)))
    return { sampleRate: new Uint32Array(bytes.buffer, 0, 1)[0], samples: new Float32Array(bytes.buffer, 4) }
  }

  /** What a room of the engine's bank is to hold for a sound. @param {string} id @returns {Uint8Array} */
  bankWords(id) {
    return this.#engine.taken(this.#calls.document_bank_words(this.#engine.give(id)))
  }

  // Commands; each returns the command as applied

  /** @param {object} command `{ name, changes, merge? }` */
  apply(command) {
    return this.#changed(this.#calls.document_apply(this.#engine.give(JSON.stringify(command))))
  }

  undo() {
    return this.#changed(this.#calls.document_undo())
  }

  redo() {
    return this.#changed(this.#calls.document_redo())
  }

  /**
   * @param {{ category: string, rate: number, seconds: number, sampleRate: number }} about
   * @param {number} columns
   * @param {Float32Array} rows
   * @param {Float32Array} sound
   */
  keep(about, columns, rows, sound) {
    const counts = new Uint32Array([rows.length / columns, columns])
    return this.#changed(
      this.#calls.document_keep(this.#engine.give(JSON.stringify(about), separator, counts, rows, sound)),
    )
  }

  /** @param {{ name: string, place: number, sampleRate: number }} about @param {Float32Array} samples of one channel */
  keepSound(about, samples) {
    return this.#changed(this.#calls.document_keep_sound(this.#engine.give(JSON.stringify(about), separator, samples)))
  }

  /** @param {string} model @param {Uint8Array} csv examples */
  importExamples(model, csv) {
    return this.#changed(this.#calls.document_import_examples(this.#engine.give(model, separator, csv)))
  }

  /** @param {string} category whose preset becomes what the player has set */
  capture(category) {
    return this.#changed(this.#calls.document_capture(this.#engine.give(category)))
  }

  // Reading

  /** The names of what can be undone and redone, or null. @returns {{ undo: string?, redo: string? }} */
  get history() {
    return this.#engine.json(this.#calls.document_history())
  }

  /** All tables: `{ models: { words: { name, kind, … } }, … }`. */
  get tables() {
    return this.#tables.value
  }

  /** A table's records in order; see `Tables`. */
  ordered(table, filter) {
    return this.#tables.ordered(table, filter)
  }

  /** All slots of the bus. @returns {object[]} */
  get slotList() {
    this.#slotList ??= renewed(null, this.#engine.json(this.#calls.document_slots()))
    return this.#slotList
  }

  /** The same by path. @returns {Map<string, object>} */
  get slots() {
    this.#slots ??= new Map(this.slotList.map((slot) => [slot.path, slot]))
    return this.#slots
  }

  /** What the audio thread is to do. @returns {Uint8Array} */
  get plan() {
    return this.#engine.taken(this.#calls.document_plan())
  }

  /** A value with its unit, for people. */
  text(slot, value) {
    return this.#engine.text(this.#calls.document_text(slot, value))
  }

  /** Where a value lies in its slot's range, 0…1. */
  position(slot, value) {
    return this.#calls.document_position(slot, value)
  }

  /** The value at a position 0…1. */
  value(slot, position) {
    return this.#calls.document_value(slot, position)
  }

  /** Where a mapping takes its destination, for `count` positions of its source. @returns {Float32Array} */
  mappingShape(id, count) {
    const bytes = this.#engine.taken(this.#calls.document_mapping_shape(this.#engine.give(id), count))
    return new Float32Array(bytes.slice().buffer)
  }

  #changed(status) {
    const command = this.#engine.taken(status)
    this.#forget()
    return { bytes: command, ...JSON.parse(textOf(command)) }
  }

  #replaced(status) {
    this.#engine.taken(status)
    this.#forget()
  }

  #forget() {
    this.#tables.forget()
    this.#slotList = null
    this.#slots = null
  }
}
