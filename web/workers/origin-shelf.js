/** Journal segments as files in the origin's private file system (OPFS), each held exclusively while it is written. */

const directoryName = 'starling'
const namePattern = /^journal-(\d+)$/
const lockTries = 20
const lockMilliseconds = 250

export class OriginShelf {
  #directory

  /** @returns {Promise<OriginShelf | null>} null where the browser has no such file system or refuses it */
  static async open() {
    try {
      const shelf = new OriginShelf()
      const root = await navigator.storage.getDirectory()
      shelf.#directory = await root.getDirectoryHandle(directoryName, { create: true })
      return 'createSyncAccessHandle' in FileSystemFileHandle.prototype ? shelf : null
    } catch {
      return null
    }
  }

  /** The numbers of all segments, newest first. @returns {Promise<number[]>} */
  async list() {
    const numbers = []
    for await (const name of this.#directory.keys()) {
      const match = namePattern.exec(name)
      if (match) numbers.push(Number(match[1]))
    }
    return numbers.sort((a, b) => b - a)
  }

  /** @param {number} number @returns {Promise<Uint8Array>} */
  async read(number) {
    const handle = await this.#directory.getFileHandle(`journal-${number}`)
    return new Uint8Array(await (await handle.getFile()).arrayBuffer())
  }

  /**
   * Opens a segment for writing behind `length` bytes. A lock left by a browser that crashed is waited for.
   * @returns {Promise<OriginFile | null>} null when it stays locked
   */
  async write(number, length) {
    const handle = await this.#directory.getFileHandle(`journal-${number}`, { create: true })
    for (let attempt = 0; attempt < lockTries; attempt += 1) {
      try {
        return new OriginFile(await handle.createSyncAccessHandle(), length)
      } catch {
        await new Promise((resolve) => setTimeout(resolve, lockMilliseconds))
      }
    }
    return null
  }

  /** @param {number} number */
  remove(number) {
    return this.#directory.removeEntry(`journal-${number}`)
  }
}

const fullStorage = new DOMException('there is no room left', 'QuotaExceededError')

class OriginFile {
  #handle
  #length

  constructor(handle, length) {
    this.#handle = handle
    this.#length = length
    handle.truncate(length)
  }

  /** All or nothing. @param {Uint8Array} bytes @throws when the storage is full */
  append(bytes) {
    try {
      // Browsers differ when the storage is full: some throw, some answer another count, even a far larger one.
      if (this.#handle.write(bytes, { at: this.#length }) !== bytes.length) throw fullStorage
      this.#length += bytes.length
    } catch (error) {
      this.#handle.truncate(this.#length)
      throw error
    }
  }

  /** Safe against a power cut after this. */
  flush() {
    this.#handle.flush()
  }

  close() {
    this.#handle.close()
  }
}
