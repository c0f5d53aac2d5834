/** Journal segments in IndexedDB, for browsers without a private file system. Members as in `OriginShelf`. */

const storeName = 'records'

export class DatabaseShelf {
  #database

  /** @returns {Promise<DatabaseShelf | null>} null where the browser refuses it */
  static async open() {
    try {
      const request = indexedDB.open('starling', 1)
      request.onupgradeneeded = () => request.result.createObjectStore(storeName)
      const shelf = new DatabaseShelf()
      shelf.#database = await answer(request)
      return shelf
    } catch {
      return null
    }
  }

  async list() {
    const keys = await answer(this.#store('readonly').getAllKeys())
    return [...new Set(keys.map(([number]) => number))].sort((a, b) => b - a)
  }

  async read(number) {
    const records = await answer(this.#store('readonly').getAll(rangeOf(number)))
    return new Uint8Array(await new Blob(records).arrayBuffer())
  }

  async write(number, length) {
    const sound = (await this.read(number)).subarray(0, length)
    await this.remove(number)
    const file = new DatabaseFile((index, bytes) => answer(this.#store('readwrite').put(bytes, [number, index])))
    if (length > 0) await file.append(sound)
    return file
  }

  remove(number) {
    return answer(this.#store('readwrite').delete(rangeOf(number)))
  }

  #store(mode) {
    return this.#database.transaction(storeName, mode, { durability: 'strict' }).objectStore(storeName)
  }
}

class DatabaseFile {
  #put
  #count = 0

  constructor(put) {
    this.#put = put
  }

  async append(bytes) {
    await this.#put(this.#count, bytes)
    this.#count += 1
  }

  // Each append is safe on the disk when it is done.
  flush() {}
  close() {}
}

const rangeOf = (number) => IDBKeyRange.bound([number, 0], [number, Infinity])

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
