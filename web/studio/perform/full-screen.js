/** The whole screen where the browser gives it, and a screen that stays on; the window will do where it does not. */
export class FullScreen {
  #isIn = false
  #isWanted = false
  #lock = null

  /** @param {() => void} left the player has left the full screen, as by Escape */
  constructor(left) {
    document.addEventListener('fullscreenchange', () => {
      const wasIn = this.#isIn
      this.#isIn = document.fullscreenElement !== null
      if (wasIn && !this.#isIn && this.#isWanted) left()
    })
    document.addEventListener('visibilitychange', () => this.#stayAwake())
  }

  enter() {
    this.#isWanted = true
    // The whole page, so that messages are seen too.
    document.documentElement.requestFullscreen?.().catch(() => {})
    this.#stayAwake()
  }

  leave() {
    this.#isWanted = false
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
    this.#lock?.release().catch(() => {})
    this.#lock = null
  }

  /** The browser takes the lock whenever the page is hidden. */
  async #stayAwake() {
    if (!this.#isWanted || document.hidden) return
    const lock = await navigator.wakeLock?.request('screen').catch(() => null)
    if (this.#isWanted) this.#lock = lock ?? null
    else lock?.release().catch(() => {})
  }
}
