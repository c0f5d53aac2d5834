/** Records of controls and sends: how they are made, named and found. */
import { StarlingError } from '../errors.js'

const most = 128

/** The index of a control by its id, from 0. @param {string} id such as 'control-1' */
export const indexOf = (id) => Number(id.slice('control-'.length)) - 1

/** A command that makes or changes a record. */
export function command(name, table, id, fields) {
  const changes = Object.entries(fields).map(([field, value]) => ({ table, id, field, value }))
  return { name, changes }
}

/** A command that removes a record. */
export const removal = (name, table, id) => ({ name, changes: [{ table, id, field: null, value: null }] })

/**
 * Changes that make controls in the first free places.
 * @param {object} records the table `controls`
 * @param {object[]} wanted the fields of each
 * @returns {{ ids: string[], changes: object[] }}
 * @throws {StarlingError} when there is no room
 */
export function newControls(records, wanted) {
  const free = Array.from({ length: most }, (_, index) => `control-${index + 1}`).filter((id) => !records[id])
  if (free.length < wanted.length) {
    throw new StarlingError(`There is room for ${most} controls, and ${most - free.length} are in use. Remove some first.`)
  }
  const ids = free.slice(0, wanted.length)
  const changes = ids.flatMap((id, index) => command('', 'controls', id, { ...wanted[index], order: indexOf(id) }).changes)
  return { ids, changes }
}

/** The first id of a table that is free. */
export function freeId(records, prefix) {
  let number = 1
  while (records[`${prefix}-${number}`]) number += 1
  return `${prefix}-${number}`
}

/** A range that a number seen once is likely to keep to. */
export function rangeOf(value) {
  if (value >= 0 && value <= 1) return { low: 0, high: 1 }
  if (value >= -1 && value <= 1) return { low: -1, high: 1 }
  const reach = 2 ** Math.ceil(Math.log2(Math.abs(value)))
  return value < 0 ? { low: -reach, high: reach } : { low: 0, high: reach }
}

/** The numbers among the arguments of a message, lists taken apart; true is 1, false 0; NaN for all else. */
export const numbersOf = (values) => values.flat(Infinity).map((value) => (typeof value === 'object' || typeof value === 'string' ? NaN : Number(value)))
