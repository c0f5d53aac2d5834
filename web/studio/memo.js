/** Remembers what was made of some sources, as long as they stay the same. */
export class Memo {
  #sources = null
  #made = null

  /** @template T @param {any[]} sources @param {() => T} make @returns {T} */
  of(sources, make) {
    const isSame = sources.length === this.#sources?.length && sources.every((source, i) => source === this.#sources[i])
    if (!isSame) this.#made = make()
    this.#sources = sources
    return this.#made
  }
}
