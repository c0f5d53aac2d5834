/**
 * Tests of JavaScript modules, run in the page.
 *
 *     import { test, equal } from './harness.js'
 *     test('a ring gives back what was put in', () => equal([...read()], [1, 2, 3]))
 */
const tests = []

/** Names a test; `body` may be async and fails by throwing. */
export function test(name, body) {
  tests.push({ name, body })
}

/** Runs all tests of the modules loaded so far, in order: `[{ name, error }]`, error null where it passed. */
export async function run() {
  const results = []
  for (const { name, body } of tests.splice(0)) {
    results.push({ name, error: await outcome(body) })
  }
  return results
}

async function outcome(body) {
  try {
    await body()
    return null
  } catch (error) {
    return String(error.stack ?? error)
  }
}

export function ok(value, message = 'expected something true') {
  if (!value) throw new Error(message)
}

/** Compares by contents: numbers, texts, arrays and plain objects. */
export function equal(got, wanted, message = '') {
  if (!isSame(got, wanted)) throw new Error(`${message} got ${show(got)}, wanted ${show(wanted)}`)
}

/** The body must refuse with a message that holds these words. */
export async function refuses(body, words) {
  try {
    await body()
  } catch (error) {
    ok(error.message.includes(words), `the message "${error.message}" does not say "${words}"`)
    return
  }
  throw new Error(`nothing was refused; wanted a message with "${words}"`)
}

/** A repeatable source of numbers in 0…1 (mulberry32). */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function isSame(a, b) {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]))
}

function show(value) {
  const text = JSON.stringify(ArrayBuffer.isView(value) ? [...value] : value)
  return text?.length > 300 ? `${text.slice(0, 300)}…` : String(text)
}
