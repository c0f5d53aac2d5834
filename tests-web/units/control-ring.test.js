import { ControlRing } from '/shared/control-ring.js'
import { equal, ok, random, test } from './harness.js'

const capacity = 256

function taken(ring, limit = 64) {
  const target = new Int32Array(limit * 4)
  const count = ring.take(target, limit)
  const bytes = target.buffer
  return Array.from({ length: count }, (_, i) => ({
    kind: new Uint16Array(bytes)[i * 8],
    slot: new Uint16Array(bytes)[i * 8 + 1],
    value: new Float32Array(bytes)[i * 4 + 1],
    time: new Float64Array(bytes)[i * 2 + 1],
  }))
}

test('an event arrives as it was sent', () => {
  const ring = new ControlRing(new ArrayBuffer(ControlRing.byteCount))
  ring.push(3, 69, 0.5, 1e12)
  equal(taken(ring), [{ kind: 3, slot: 69, value: 0.5, time: 1e12 }])
  equal(taken(ring), [])
})

test('events keep their order however unevenly they are sent and taken, also around the end', () => {
  const ring = new ControlRing(new ArrayBuffer(ControlRing.byteCount))
  const next = random(7)
  let sent = 0
  let seen = 0
  while (seen < 5000) {
    for (let count = Math.floor(next() * 60); count > 0; count -= 1) if (ring.push(0, sent % 65536, 0, sent)) sent += 1
    for (const event of taken(ring, 1 + Math.floor(next() * 64))) {
      equal(event.time, seen)
      seen += 1
    }
  }
})

test('a full ring refuses, loses nothing that is in it, and takes again once read', () => {
  const ring = new ControlRing(new ArrayBuffer(ControlRing.byteCount))
  for (let i = 0; i < capacity; i += 1) ok(ring.push(0, i, i))
  ok(!ring.push(0, 999, 0))
  equal(taken(ring, 1)[0].slot, 0)
  ok(ring.push(0, 1000, 0))
  const rest = [...taken(ring, 200), ...taken(ring, 200)].map((event) => event.slot)
  equal(rest, [...Array.from({ length: capacity - 1 }, (_, i) => i + 1), 1000])
})

test('the counters may wrap', () => {
  const buffer = new ArrayBuffer(ControlRing.byteCount)
  new Int32Array(buffer)[0] = new Int32Array(buffer)[16] = 0x7ffffffe
  const ring = new ControlRing(buffer)
  for (let i = 0; i < 5; i += 1) ok(ring.push(0, i, 0))
  equal(taken(ring).map((event) => event.slot), [0, 1, 2, 3, 4])
})
