import { hopSize, rowWidth } from '/shared/abi.js'
import { MemoryRing, memorySeconds } from '/shared/memory-ring.js'
import { equal, ok, test } from './harness.js'

const sampleRate = 8000

function remember(ring, from, to) {
  for (let hop = from; hop < to; hop += 1) {
    ring.addSound(new Float32Array(hopSize).fill(hop))
    ring.addRow(new Float32Array(rowWidth).fill(hop))
  }
}

const fresh = (Buffer = ArrayBuffer) => new MemoryRing(new Buffer(MemoryRing.byteCount(sampleRate)))

test('nothing is remembered at first, then what was added', () => {
  const ring = fresh()
  equal([ring.hopCount, ring.available], [0, 0])
  remember(ring, 0, 3)
  equal([ring.hopCount, ring.available], [3, 3])
  equal([...ring.copyRows(1, 2, 2)], [1, 1, 2, 2])
  equal(ring.copySound(1, 2), new Float32Array(2 * hopSize).map((_, i) => (i < hopSize ? 1 : 2)))
})

test('30 seconds are remembered, also after many rounds, and their first hop is right', () => {
  const ring = fresh()
  remember(ring, 0, 5 * ring.capacity + 17)
  ok((ring.available * hopSize) / sampleRate >= memorySeconds, `${ring.available} hops`)
  const first = ring.hopCount - ring.available
  equal([...ring.copyRows(first, 1, 1)], [first])
  equal(ring.copySound(first, 1)[0], first)
})

test('sound comes in blocks of any size', () => {
  const ring = fresh()
  const sound = Float32Array.from({ length: 3 * hopSize * ring.capacity }, (_, i) => i % 4096)
  for (let at = 0, size = 1; at < sound.length; at += size, size = 1 + ((size * 7 + 3) % 500)) {
    ring.addSound(sound.subarray(at, at + size))
  }
  for (let hop = 0; hop < 3 * ring.capacity; hop += 1) ring.addRow(new Float32Array(rowWidth))
  const first = ring.hopCount - ring.available
  equal(ring.copySound(first, ring.available), sound.slice(first * hopSize))
})

test('a reader that has been overtaken gets nothing rather than a mixture', () => {
  const ring = fresh()
  remember(ring, 0, ring.capacity + 1)
  equal(ring.copyRows(0, 4, 1), null)
  equal(ring.copySound(1, 4), null)
  ok(ring.copyRows(2, 4, 1))
})

test('the counter may wrap', () => {
  const buffer = new ArrayBuffer(MemoryRing.byteCount(sampleRate))
  new Int32Array(buffer)[0] = -2
  new Int32Array(buffer)[1] = 1
  const ring = new MemoryRing(buffer)
  const before = ring.hopCount
  for (const value of [10, 11, 12]) ring.addRow(new Float32Array(rowWidth).fill(value))
  equal(ring.hopCount, 1)
  equal([...ring.copyRows(before, 3, 1)], [10, 11, 12])
})

test('between two threads a reader sees whole rows or is told it was overtaken', async () => {
  const ring = fresh(SharedArrayBuffer)
  const worker = new Worker('/units/memory-writer.js', { type: 'module' })
  worker.postMessage({ buffer: ring.rows.buffer })
  let whole = 0
  let overtaken = 0
  const enough = () => whole > 100 && overtaken > 10
  for (const end = performance.now() + 20000; !enough() && performance.now() < end; ) {
    // From the oldest hops on, where the writer is about to write.
    const hop = Math.max(0, ring.hopCount - ring.capacity + 2)
    const rows = ring.copyRows(hop, 8, rowWidth)
    if (!rows) overtaken += 1
    else if (ring.hopCount >= ring.capacity) {
      whole += 1
      rows.forEach((value, i) => ok(value === (hop + Math.floor(i / rowWidth)) % 65536, `hop ${hop} holds ${value}`))
    }
    if ((whole + overtaken) % 64 === 0) await new Promise((resolve) => setTimeout(resolve))
  }
  worker.terminate()
  ok(enough(), `whole ${whole}, overtaken ${overtaken}`)
})
