const idleMilliseconds = 2500
/** Where a change concerns what is learned, and the fields there that do not. */
const learnTables = new Set(['models', 'settings', 'categories', 'knobs', 'presets', 'takes', 'labels'])
const plainFields = new Set(['name', 'note', 'order', 'threshold', 'hold', 'hysteresis'])
const unknown = Object.freeze({ report: null, isStale: false, complaint: '' })

/**
 * Checks how well outputs do on takes they have not seen: when asked, when one first looks, and by itself once teaching
 * has rested.
 */
export class Checking {
  #store
  #teaching
  /** By output. */
  #results = new Map()
  #running = null
  /** The outputs to be checked once it is quiet. */
  #due = new Set()
  #timer = 0

  /** @param {import('../store.js').Store} store @param {import('../teaching.js').Teaching} teaching */
  constructor(store, teaching) {
    this.#store = store
    this.#teaching = teaching
    store.starling.addEventListener('check', ({ detail }) => this.#advance(detail))
    store.starling.addEventListener('document', ({ detail }) => this.#edited(detail))
    store.starling.addEventListener('training', () => this.#wait())
    let tab = store.tab
    store.subscribe(() => {
      if (store.tab !== tab) this.#wait()
      tab = store.tab
    })
  }

  /**
   * What is known of the output being taught: `{ report, isStale, complaint }`; report as `Starling.check` gives it, or
   * null; stale once what it learns from was edited; the complaint a sentence where it could not be checked.
   */
  get result() {
    return this.#results.get(this.#store.model?.id) ?? unknown
  }

  /** How far the running check of the output being taught is, 0…1; null where none runs. */
  get progress() {
    return this.#running?.model === this.#store.model?.id ? this.#running?.progress ?? null : null
  }

  /** Checks the output being taught. */
  async begin() {
    clearTimeout(this.#timer)
    const model = this.#store.model?.id
    if (!model) return
    const run = { model, progress: 0 }
    this.#running = run
    this.#due.delete(model)
    this.#store.changed()
    const result = await this.#outcome(model)
    if (this.#running !== run) return
    this.#running = null
    this.#results.set(model, result)
    this.#store.changed()
  }

  async #outcome(model) {
    try {
      return { report: await this.#store.starling.check(model, { by: 'takes' }), isStale: false, complaint: '' }
    } catch (error) {
      return { ...(this.#results.get(model) ?? unknown), complaint: error.message }
    }
  }

  #advance({ model, progress }) {
    if (this.#running?.model === model) this.#running.progress = progress
    this.#store.changed()
  }

  #edited(command) {
    // Every edit ends a running check, also one that changes nothing learned: then it is begun again.
    if (this.#running) this.#due.add(this.#running.model)
    this.#running = null
    if (!command) this.#results.clear()
    else if (command.changes.some(concernsLearning)) this.#outdate()
    this.#wait()
  }

  #outdate() {
    for (const [model, result] of this.#results) this.#results.set(model, { ...result, isStale: true, complaint: '' })
    if (this.#store.model) this.#due.add(this.#store.model.id)
  }

  /** Checks by itself when nothing has happened for a while. */
  #wait() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const { learning, model } = this.#store
      const isIdle = !this.#teaching.isBusy && !this.#running && learning?.progress === 1
      const isWanted = this.#due.has(model?.id) || (this.#store.tab === 'check' && this.result === unknown)
      if (isIdle && isWanted && this.#isEnough()) this.begin()
    }, idleMilliseconds)
  }

  /** Whether of every pad a take can be held back. */
  #isEnough() {
    const counts = this.#store.groups.map(({ takes }) => takes.filter(({ muted }) => !muted).length)
    return counts.length > 0 && counts.every((count) => count > 1)
  }
}

const concernsLearning = ({ table, field }) => learnTables.has(table) && !plainFields.has(field)
