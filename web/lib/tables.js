/** The document's tables as frozen plain objects; what did not change keeps its identity. */

export class Tables {
  #read
  #value = null
  #isFresh = false
  #lists = new Map()
  #withId = new WeakMap()

  /** @param {() => object} read makes the tables from the document as it is now */
  constructor(read) {
    this.#read = read
  }

  /** To be called when the document changed. */
  forget() {
    this.#isFresh = false
  }

  /** `{ models: { words: { name, kind, … } }, … }` */
  get value() {
    if (!this.#isFresh) this.#value = renewed(this.#value, this.#read())
    this.#isFresh = true
    return this.#value
  }

  /**
   * A table's records by `order`, then by id.
   * @param {string} table
   * @param {object} [filter] fields and the values they must have
   * @returns {object[]} `{ id, …fields }`
   */
  ordered(table, filter = {}) {
    const fields = Object.entries(filter)
    const list = this.#list(table)
    return fields.length === 0 ? list : list.filter((record) => fields.every(([name, value]) => record[name] === value))
  }

  #list(table) {
    const records = this.value[table] ?? {}
    if (this.#lists.get(table)?.records !== records) {
      const list = Object.freeze(Object.entries(records).map((entry) => this.#named(entry)).sort(byOrder))
      this.#lists.set(table, { records, list })
    }
    return this.#lists.get(table).list
  }

  #named([id, fields]) {
    if (!this.#withId.has(fields)) this.#withId.set(fields, Object.freeze({ id, ...fields }))
    return this.#withId.get(fields)
  }
}

const byOrder = (a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.id < b.id ? -1 : 1)

/** The new value, frozen; every part that equals the old one is replaced by it. */
export function renewed(old, value) {
  if (typeof value !== 'object' || value === null) return value
  const names = Object.keys(value)
  for (const name of names) value[name] = renewed(old?.[name], value[name])
  return isSame(old, value, names) ? old : Object.freeze(value)
}

function isSame(old, value, names) {
  if (typeof old !== 'object' || old === null || names.length !== Object.keys(old).length) return false
  return names.every((name) => value[name] === old[name])
}
