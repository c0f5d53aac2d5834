// The smallest parts of a command: changes of the document's tables.

/** Gives a field of a record another value; null empties it. */
export const change = (table, id, field, value) => ({ table, id, field, value })

/** Deletes a record; what refers to it goes with it. */
export const removal = (table, id) => ({ table, id, field: null, value: null })

/** Makes a record, or sets several of its fields. */
export const fields = (table, id, record) =>
  Object.entries(record).map(([field, value]) => change(table, id, field, value))

/** An order behind all the records of a table. */
export const last = (table = {}) => 1 + Math.max(0, ...Object.values(table).map(({ order }) => order ?? 0))

/** Puts records of a table in the order in which they are given. */
export const inOrder = (table, records) => records.map(({ id }, index) => change(table, id, 'order', index + 1))

/** An id that is new in any project: 40 random bits in base 32. */
export function freshId(kind) {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  return `${kind}-${[...crypto.getRandomValues(new Uint8Array(8))].map((byte) => letters[byte & 31]).join('')}`
}
