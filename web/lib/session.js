/** The parts behind a Starling, and how they hear of each other. */
import { compileEngine } from '../shared/abi.js'
import { now } from '../shared/clock.js'
import { Audio } from './audio.js'
import { Bus } from './bus.js'
import { StarlingError, explained } from './errors.js'
import { Health } from './health.js'
import { play } from './hearing.js'
import { Inputs } from './inputs.js'
import { Memory } from './memory.js'
import { ProjectDocument } from './project-document.js'
import { Recorder } from './recorder.js'
import { Sounds } from './sounds.js'
import { Storage } from './storage.js'
import { Training } from './training.js'

const engineUrl = new URL('../generated/engine.wasm', import.meta.url)
const documentUrl = new URL('../generated/document.wasm', import.meta.url)
const trainingUrl = new URL('../generated/training.wasm', import.meta.url)
const exampleUrl = new URL('../examples/voice-choir.starling', import.meta.url)
// Learning begins when the sound does, or this long after the project was opened.
const trainingMilliseconds = 2000
const notShared = globalThis.crossOriginIsolated
  ? 'This browser shares no memory between its threads here. Sound and learning work; meters lag a little.'
  : 'This page is not isolated, because its server does not send the headers COOP and COEP. Sound and learning work; meters lag a little. Serve it by `starling serve` to mend that.'

export class Session {
  #say
  /** Controls and sends, once they are loaded; see `Starling.controls`. */
  controls = null
  #loadingControls = null
  /** The plan that the audio thread has. */
  #plan = null
  /** How the audio thread listens. */
  #listening = ''
  /** For the training worker, until it has them. */
  #modules = null

  /** @param {(type: string, detail?: any) => void} say dispatches an event of the Starling */
  constructor(say) {
    this.#say = say
    this.storage = new Storage({ saved: () => say('saved'), notice: (notice) => say('notice', notice) })
    this.training = new Training({
      report: () => say('training'),
      map: () => say('map'),
      check: (detail) => say('check', detail),
      weights: (key, bytes) => this.audio.link?.sendWeights(key, bytes),
      failure: (message) => this.#notice('error', message),
    })
  }

  /** Loads the engine and opens a project; see `Starling.create`. */
  async begin(project) {
    const wanted = project ? loadProject(project) : null
    const [document, engine] = await Promise.all([documentUrl, engineUrl].map(compileEngine))
    this.#modules = { document, engine }
    const kept = this.storage.open(document)
    this.#makeParts(document, engine)
    await this.#openFirst(await wanted, await kept)
    setTimeout(() => this.#loadTraining(), trainingMilliseconds)
  }

  // Last, so that nobody waits for it who wants to see and hear.
  async #loadTraining() {
    const modules = this.#modules
    if (!modules) return
    this.#modules = null
    try {
      this.training.load({ ...modules, training: await compileEngine(trainingUrl) })
    } catch (error) {
      this.training.giveUp()
      this.#notice('error', error.message)
    }
  }

  #makeParts(documentModule, module) {
    const document = (this.document = new ProjectDocument(documentModule))
    this.memory = new Memory((path) => document.slots.get(path))
    this.bus = new Bus(document, this.memory, (command) => this.apply(command))
    this.audio = new Audio(
      { module, url: engineUrl, blobCapacity: document.catalogue.blobCapacity, listening: () => document.listening },
      { onConnect: () => this.#connect(), onState: () => this.#say('health'), onBroken: (isReplaced) => this.#broken(isReplaced) },
    )
    this.inputs = new Inputs(this.audio, () => this.#say('input'), (message) => this.#notice('warning', message))
    this.health = new Health(this.audio, () => this.#say('health'))
    this.sounds = new Sounds({ document, memory: this.memory, audio: this.audio }, {
      applied: (command, kept) => this.applied(command, kept),
      notice: (message) => this.#notice('warning', message),
    })
    this.recorder = new Recorder(
      { memory: this.memory, training: this.training, storage: this.storage, columns: () => document.columnCount },
      { keep: (take, wasHeld) => this.#keep(take, wasHeld), lost: (seconds) => this.#lost(seconds) },
    )
  }

  async #openFirst(file, { document, blobs, message }) {
    if (file) this.document.import(file)
    else if (document) this.document.open(document, blobs)
    else await this.#openExample()
    if (file || !document) this.storage.replace(this.document.json, this.document.blobs)
    this.training.open(this.document.json, this.document.rows)
    // Not before the page listens.
    if (message) setTimeout(() => this.#notice('recovered', message))
  }

  // Without the example there is still a project to begin with.
  async #openExample() {
    try {
      this.document.import(await loadProject(exampleUrl))
    } catch (error) {
      this.document.openEmpty()
      setTimeout(() => this.#notice('warning', error.message))
    }
  }

  /** @param {object} command see `Starling.apply` */
  apply(command) {
    this.applied(this.document.apply(command))
  }

  /** Everybody hears of a command: the audio thread first, so that weights never come before their model. */
  applied(command, kept = null) {
    this.#sendPlan()
    this.sounds.send()
    this.training.apply({ command: command.bytes, blobs: kept?.rows, endsLive: kept?.wasHeld, at: now() })
    if (kept) this.storage.take(kept.blobs, command.bytes, kept.wasHeld)
    else this.storage.command(command.bytes)
    this.#say('document', command)
  }

  /** Loads controls once. @param {import('./starling.js').Starling} starling */
  loadControls(starling) {
    this.#loadingControls ??= explained(() => import('./controls/controls.js'), 'Controls could not be loaded. Reload the page.').then(
      ({ Controls }) => (this.controls = new Controls(starling, this)),
    )
    return this.#loadingControls
  }

  /** Another project has been opened in place of the last. */
  replaced() {
    this.#sendPlan()
    this.sounds.send()
    this.training.open(this.document.json, this.document.rows)
    this.storage.replace(this.document.json, this.document.blobs)
    this.#say('document', null)
  }

  /** Listens to something else, and notes in the project of which kind it is; which device is this computer's business. */
  async listen(choice) {
    await this.inputs.choose(choice)
    const kind = this.inputs.current.kind === 'device' ? 'microphone' : this.inputs.current.kind
    const [first = { id: 'mic' }] = this.document.ordered('inputs')
    if (first.kind === kind) return
    this.apply({ name: 'Choose an input', changes: [{ table: 'inputs', id: first.id, field: 'kind', value: kind }] })
  }

  /** The project with what it has learned, as a file. */
  async export() {
    for (const { id, bytes } of await this.training.weights()) this.document.addWeights(id, bytes)
    return this.document.export()
  }

  // Most commands mean nothing to the audio thread.
  #sendPlan() {
    if (this.#listening && this.#listening !== `${this.document.listening}`) this.#renew()
    const { plan } = this.document
    if (!this.audio.link || equalBytes(plan, this.#plan)) return
    this.#plan = plan
    this.audio.link.sendPlan(plan)
  }

  /** A new engine listens as the project wants it now. */
  #renew() {
    this.#listening = ''
    this.audio.renew().catch((error) => this.#notice('error', error.message))
  }

  #keep({ category, rows, sound, count }, wasHeld) {
    const { rate, sampleRate } = this.memory
    const about = { category, rate, seconds: count / rate, sampleRate }
    const command = this.document.keep(about, rows.length / count, rows, sound)
    const { id } = command.changes.find(({ table }) => table === 'takes')
    const take = this.document.tables.takes[id]
    const blobs = this.#blobs([take.rows, take.sound].filter(Boolean))
    this.applied(command, { blobs, rows: blobs.slice(0, 1), wasHeld })
    return id
  }

  #blobs(names) {
    return names.map((name) => ({ id: name, bytes: this.document.blob(name) }))
  }

  /** A change with the rows of takes that it names. @param {object} command @param {Uint8Array[]} rows */
  change(command, rows) {
    const blobs = rows.map((bytes) => ({ id: this.document.addBlob(bytes), bytes }))
    this.applied(this.document.apply(command), rows.length > 0 ? { blobs, rows: blobs, wasHeld: false } : null)
  }

  /** Makes takes of CSV. @returns {number} how many */
  importExamples(model, csv) {
    const command = this.document.importExamples(model, csv)
    const names = command.changes.filter(({ table, field }) => table === 'takes' && field === 'rows').map(({ value }) => value)
    const rows = this.#blobs([...new Set(names)])
    this.applied(command, { blobs: rows, rows, wasHeld: false })
    return names.length
  }

  /** Plays a take beside the instrument; see `Starling.hear`. */
  hear(id) {
    const sound = this.document.takeSound(id)
    if (!sound) throw new StarlingError('No sound was kept with this take, so it cannot be heard.')
    if (!this.audio.isRunning) throw new StarlingError('The sound has not been started. Start it, then hear the take.')
    return play(this.audio.context, sound, this.document.tables.takes[id])
  }

  #connect() {
    const { link, context } = this.audio
    this.#plan = null
    this.#listening = `${this.document.listening}`
    this.#sendPlan()
    this.sounds.connect()
    this.#loadTraining()
    this.training.connect(link.weightsMailbox)
    this.memory.connect(link.memory, context.sampleRate)
    this.bus.connect(link.events)
    this.controls?.connect()
    this.health.start()
    this.#say('health')
    if (link.kind !== 'shared') this.#notice('warning', notShared)
  }

  #broken(isReplaced) {
    if (isReplaced) this.#notice('recovered', 'The sound engine had failed and was started anew.')
    else this.#notice('error', 'The sound engine fails again and again. Export the project, reload the page, and report this.')
  }

  #lost(seconds) {
    this.#notice('warning', `${seconds.toFixed(1)} s of the take are missing: the page was stopped for too long. Teach it again.`)
  }

  #notice(kind, message) {
    this.#say('notice', { kind, message })
  }
}

/** @param {string | URL | Uint8Array} project @returns {Promise<Uint8Array>} */
async function loadProject(project) {
  if (project instanceof Uint8Array) return project
  const load = async () => {
    const response = await fetch(project)
    if (!response.ok) throw new StarlingError(`There is no project at ${project} (${response.status}). Check the address.`)
    return new Uint8Array(await response.arrayBuffer())
  }
  return explained(load, `The project at ${project} could not be loaded.`)
}

function equalBytes(a, b) {
  return a.length === b?.length && a.every((byte, index) => byte === b[index])
}
