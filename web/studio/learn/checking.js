const idleMilliseconds = 2500
/** Changes of other tables change nothing that is learned. */
const learnTables = new Set(['models', 'settings', 'categories', 'knobs', 'presets', 'takes', 'labels'])

/**
 * Checks how well outputs do on takes they have not seen: when asked, and by itself once teaching has rested.
 */
export class Checking {
  #store
  #teaching
  #results = new Map()
  #running = null
  #timer = 0
  #takes = null

  /** @param {import('../store.js').Store} store @param {import('../teaching.js').Teaching} teaching */
  constructor(store, teaching) {
    this.#store = store
    this.#teaching = teaching
    this.#takes = store.document.takes
    store.starling.addEventListener('check', ({ detail }) => this.#advance(detail))
    store.starling.addEventListener('document', ({ detail }) => this.#edited(detail))
    store.starling.addEventListener('training', () => this.#wait())
  }

  /**
   * What is known of the output being taught: `{ report, isStale, complaint }`; report as `Starling.check` gives it, or
   * null; stale once the project was edited; the complaint a sentence where it could not be checked.
   */
  get result() {
    return this.#results.get(this.#store.model?.id) ?? { report: null, isStale: false, complaint: '' }
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
    this.#store.changed()
    try {
      const report = await this.#store.starling.check(model, { by: 'takes' })
      if (this.#running === run) this.#results.set(model, { report, isStale: false, complaint: '' })
    } catch (error) {
      if (this.#running === run) this.#results.set(model, { ...this.result, complaint: error.message })
    }
    if (this.#running === run) this.#running = null
    this.#store.changed()
  }

  #advance({ model, progress }) {
    if (this.#running?.model === model) this.#running.progress = progress
    this.#store.changed()
  }

  #edited(command) {
    if (!command) this.#results.clear()
    if (command?.changes.every(({ table }) => !learnTables.has(table))) return
    for (const [model, result] of this.#results) this.#results.set(model, { ...result, isStale: true, complaint: '' })
    // An edit ends a running check.
    this.#running = null
    const { takes } = this.#store.document
    if (takes !== this.#takes) this.#wait()
    this.#takes = takes
  }

  /** Checks by itself when takes have changed and nothing has happened for a while. */
  #wait() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const { learning } = this.#store
      const isIdle = !this.#teaching.isBusy && (learning?.progress ?? 1) === 1
      if (isIdle && this.#isWanted()) this.begin()
    }, idleMilliseconds)
  }

  /** Takes were taught since, and there are enough to hold some back. */
  #isWanted() {
    const { report, isStale } = this.result
    const counts = this.#store.groups.map(({ takes }) => takes.filter(({ muted }) => !muted).length)
    return !this.#running && (!report || isStale) && counts.length > 0 && counts.every((count) => count > 1)
  }
}
