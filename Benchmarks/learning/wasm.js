/**
 * learning-bench.wasm in node: trains and asks one model at a time, and says how much processor time that took.
 *
 * Time is that of the whole process, compiler threads included; what runs for less than a few milliseconds is repeated.
 */
import { readFileSync } from 'node:fs'

const TASKS = { categories: 0, continuous: 1, gestures: 2 }
const VALUES_PER_GESTURE = 3

/** Milliseconds of processor time of this process so far. */
export function processorTime() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A table as the driver writes it: four int32 (inputs, outputs, rows to learn from, rows to ask), then float32 rows. */
export function readTable(path) {
  const bytes = readFileSync(path)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const [inputs, outputs, learned, asked] = new Int32Array(buffer, 0, 4)
  return { inputs, outputs, learned, asked, rows: new Float32Array(buffer, 16) }
}

export class Bench {
  #memory = new WebAssembly.Memory({ initial: 512, maximum: 65536 })
  #exports

  constructor(path) {
    const module = new WebAssembly.Module(readFileSync(path))
    this.#exports = new WebAssembly.Instance(module, { env: { memory: this.#memory } }).exports
  }

  /** The kinds of model: `{ name, tasks }`. */
  get kinds() {
    return Array.from({ length: this.#exports.bench_kind_count() }, (_, kind) => ({
      name: this.#word(this.#exports.bench_kind_name(kind)),
      tasks: Object.keys(TASKS).filter((task) => this.#exports.bench_kind_learns(kind, TASKS[task])),
    }))
  }

  /** Takes the examples of a table in: `{ table, task, takeLength }`; every `takeLength` rows are a take, 0 for one take. */
  take({ table, task, takeLength = 0 }) {
    const width = table.inputs + (task === 'continuous' ? table.outputs : 1)
    this.#exports.bench_dataset(table.inputs, table.outputs, TASKS[task], table.learned)
    const step = takeLength || table.learned
    for (let row = 0; row < table.learned; row += step) {
      const count = Math.min(step, table.learned - row)
      this.#give(table.rows.subarray(row * width, (row + count) * width))
      if (this.#exports.bench_append(count, row / step) !== count) throw new Error('a row was refused')
    }
  }

  /** Begins a training; settings by name, all others at their defaults. */
  start(kindName, settings = {}, seed = 1) {
    const kind = this.kinds.findIndex(({ name }) => name === kindName)
    const values = new Float32Array(32).fill(NaN)
    for (const [name, value] of Object.entries(settings)) values[this.#setting(kind, name)] = value
    this.#give(values)
    this.#exports.bench_start(kind, values.length, seed)
  }

  /** Trains to the end, or for `limit` milliseconds; `onWeights(milliseconds)` is not counted. */
  train({ slice = 4e6, limit = Infinity, onWeights = () => {} } = {}) {
    let [spent, seen, longest] = [0, 0, 0]
    for (;;) {
      const begin = processorTime()
      const bits = this.#exports.bench_step(slice)
      const took = processorTime() - begin
      spent += took
      longest = Math.max(longest, took)
      if (bits >> 1 !== seen) {
        seen = bits >> 1
        onWeights(spent)
      }
      if (!(bits & 1)) return { milliseconds: spent, longest, isDone: true }
      if (spent > limit) return { milliseconds: spent, longest, isDone: false }
    }
  }

  /** The mean square error over the rows of a table that were not learned from. */
  error(table) {
    const width = table.inputs + table.outputs
    const asked = table.rows.subarray(table.learned * width)
    this.#exports.bench_load()
    const place = this.#give(asked)
    this.#exports.bench_run(table.asked, width)
    const answers = new Float32Array(this.#memory.buffer, place, asked.length)
    let sum = 0
    for (let i = 0; i < asked.length; i += 1) if (i % width >= table.inputs) sum += (answers[i] - asked[i]) ** 2
    return sum / (table.asked * table.outputs)
  }

  /** Microseconds of processor time to ask for one row, from the rows of the table one after the other. */
  microsecondsPerRun(table, task, least = 100) {
    const words = this.#exports.bench_load()
    const from = table.inputs + (task === 'continuous' ? table.outputs : 1)
    const stride = table.inputs + table.outputs * (task === 'gestures' ? VALUES_PER_GESTURE : 1)
    const count = Math.min(table.learned, 1000)
    const rows = new Float32Array(count * stride)
    for (let row = 0; row < count; row += 1) {
      rows.set(table.rows.subarray(row * from, row * from + table.inputs), row * stride)
    }
    let [runs, begin] = [0, 0]
    for (let warm = 0; warm < 2; warm += 1) {
      begin = processorTime()
      for (runs = 0; processorTime() - begin < least; runs += count) {
        this.#give(rows)
        this.#exports.bench_run(count, stride)
      }
    }
    return { microseconds: (1000 * (processorTime() - begin)) / runs, words }
  }

  #give(values) {
    const place = this.#exports.bench_exchange(values.length)
    new Float32Array(this.#memory.buffer, place, values.length).set(values)
    return place
  }

  #setting(kind, name) {
    const bytes = new Uint8Array(64)
    bytes.set(new TextEncoder().encode(name))
    this.#give(new Float32Array(bytes.buffer))
    const place = this.#exports.bench_setting(kind)
    if (place < 0) throw new Error(`there is no setting ${name}`)
    return place
  }

  #word(place) {
    const bytes = new Uint8Array(this.#memory.buffer, place, 64)
    return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)))
  }
}
