/** Hearing takes again, one at a time. */
export class Hearing {
  #store
  #id = null
  #voice = null
  #began = 0

  constructor(store) {
    this.#store = store
  }

  /** Whether this take is being heard. */
  isOn(id) {
    return this.#id === id
  }

  /** Where in the take it is, in seconds from the take's start. */
  get seconds() {
    const { from = 0 } = this.#store.document.takes?.[this.#id] ?? {}
    return from + (performance.now() - this.#began) / 1000
  }

  /** Begins to play a take, or stops it. */
  toggle(id) {
    const wasOn = this.#id === id
    this.stop()
    if (!wasOn) this.#begin(id)
  }

  stop() {
    this.#voice?.stop()
    this.#voice = null
    this.#id = null
    this.#store.changed()
  }

  #begin(id) {
    this.#store.attempt(() => {
      const voice = this.#store.starling.hear(id)
      this.#voice = voice
      this.#id = id
      this.#began = performance.now()
      const end = () => {
        if (this.#voice === voice) this.stop()
      }
      voice.ended.then(end, (error) => {
        end()
        this.#store.notices.say('error', error.message)
      })
    })
  }
}
