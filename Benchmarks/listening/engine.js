/** engine.wasm and document.wasm in node: plays sound through the engine and says how long each block took. */
import { readFileSync } from 'node:fs'

const generated = new URL('../../web/generated/', import.meta.url)
const megabytes = 96

function instance(name) {
  const memory = new WebAssembly.Memory({ initial: megabytes * 16, maximum: 2048 * 16 })
  const module = new WebAssembly.Module(readFileSync(new URL(name, generated)))
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  exports._initialize?.()
  const give = (bytes) => {
    new Uint8Array(memory.buffer, exports.inbox(bytes.length), bytes.length).set(bytes)
    return bytes.length
  }
  const taken = (status) => {
    const bytes = new Uint8Array(memory.buffer, exports.outbox_address(), exports.outbox_count()).slice()
    if (status === 1) throw new Error(new TextDecoder().decode(bytes))
    return bytes
  }
  return { memory, exports, give, taken }
}

/** A plan of a project without models and instruments, but with changes: `[table, id, field, value]`. */
export function planOf(changes) {
  const { exports, give, taken } = instance('document.wasm')
  const open = { project: { project: { name: 'Listening' } } }
  taken(exports.document_open(give(new TextEncoder().encode(JSON.stringify(open)))))
  const command = { name: 'Set', changes: changes.map(([table, id, field, value]) => ({ table, id, field, value })) }
  if (changes.length > 0) taken(exports.document_apply(give(new TextEncoder().encode(JSON.stringify(command)))))
  return taken(exports.document_plan())
}

/**
 * Plays a sound and gives the microseconds of each block, apart for blocks in which the engine analysed and the others.
 * @param {{ sound: Float32Array, rate: number, block: number, frame: number, profile: number, plan: Uint8Array }} scene
 */
export function blockTimes({ sound, rate, block, frame = 0, profile = 0, plan }) {
  const { memory, exports, taken } = instance('engine.wasm')
  taken(exports.engine_create(rate, block, frame, profile, 0))
  new Uint8Array(memory.buffer, exports.engine_blob(), plan.length).set(plan)
  if (exports.engine_accept(0, 0, plan.length / 4) !== 0) throw new Error('the plan was refused')
  const input = new Float32Array(memory.buffer, exports.engine_input(), block)
  const times = { hop: [], plain: [] }
  let hops = 0
  for (let at = 0; at + block <= sound.length; at += block) {
    input.set(sound.subarray(at, at + block))
    const begin = process.hrtime.bigint()
    exports.engine_process(block)
    const spent = Number(process.hrtime.bigint() - begin) / 1000
    const count = exports.engine_hop_count()
    times[count === hops ? 'plain' : 'hop'].push(spent)
    hops = count
  }
  return times
}
