/**
 * Measures on request: a line of JSON in, a line of JSON out, so that the driver can alternate with other programs.
 *
 * Usage: node Benchmarks/learning/serve.js learning-bench.wasm
 */
import { createInterface } from 'node:readline'

import { Bench, readTable } from './wasm.js'

const bench = new Bench(process.argv[2])
const tables = new Map()

function table(path) {
  if (!tables.has(path)) tables.set(path, readTable(path))
  return tables.get(path)
}

const orders = {
  kinds: () => bench.kinds,

  /** Milliseconds until the error on rows not learned from has fallen to each of some targets; null where it never does. */
  race({ path, targets, settings, slice }) {
    const data = table(path)
    bench.take({ table: data, task: 'continuous' })
    bench.start('mlp', settings)
    const reached = targets.map(() => null)
    let error = Infinity
    const { milliseconds } = bench.train({
      slice,
      onWeights(spent) {
        error = bench.error(data)
        targets.forEach((target, i) => { if (error <= target) reached[i] ??= spent })
      },
    })
    return { reached, milliseconds, error }
  },

  /** Milliseconds of a whole training, and the longest slice of it. */
  train({ path, task, kind, settings, takeLength, limit = Infinity }) {
    bench.take({ table: table(path), task, takeLength })
    bench.start(kind, settings)
    return bench.train({ limit })
  },

  /** Trains, and says how long one answer takes. */
  run({ path, task, kind, settings, takeLength }) {
    orders.train({ path, task, kind, settings, takeLength })
    return bench.microsecondsPerRun(table(path), task)
  },

  forget({ path }) {
    return tables.delete(path)
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...arguments_ } = JSON.parse(line)
  try {
    process.stdout.write(`${JSON.stringify(orders[order](arguments_))}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ failed: String(error.stack) })}\n`)
  }
}
