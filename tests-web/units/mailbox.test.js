import { MailboxReader, MailboxWriter, pieceBytes, piecesOf } from '/shared/mailbox.js'
import { equal, ok, random, refuses, test } from './harness.js'

const capacity = 3 * pieceBytes

function pair(Buffer = ArrayBuffer) {
  const buffer = new Buffer(MailboxWriter.byteCount(capacity))
  return { buffer, writer: new MailboxWriter(buffer, capacity), reader: new MailboxReader(buffer, capacity) }
}

function received(reader) {
  const room = new Uint8Array(capacity)
  const pieces = piecesOf(room)
  while (!reader.movePiece(pieces));
  return room.subarray(0, reader.byteCount)
}

test('an empty mailbox holds nothing', () => ok(!pair().reader.take()))

test('a blob arrives whole, with its key, once', () => {
  const { writer, reader } = pair()
  const blob = Uint8Array.from({ length: pieceBytes + 5 }, (_, i) => i * 7)
  writer.write(0xfffffff0, blob)
  ok(writer.isWaiting)
  ok(reader.take())
  equal(reader.key, 0xfffffff0)
  equal(received(reader), blob)
  ok(!reader.take() && !writer.isWaiting)
})

test('of several waiting blobs the newest wins', () => {
  const { writer, reader } = pair()
  for (const value of [1, 2, 3, 4]) writer.write(value, new Uint8Array([value]))
  ok(reader.take())
  equal([reader.key, ...received(reader)], [4, 4])
})

test('what is written while the reader moves a blob does not touch that blob', () => {
  const { writer, reader } = pair()
  writer.write(1, new Uint8Array(capacity).fill(1))
  reader.take()
  const room = new Uint8Array(capacity)
  const pieces = piecesOf(room)
  for (const value of [2, 3, 4]) {
    reader.movePiece(pieces)
    writer.write(value, new Uint8Array(capacity).fill(value))
  }
  ok(room.every((byte) => byte === 1))
  ok(reader.take())
  ok(received(reader).every((byte) => byte === 4))
})

test('a blob that is too long is refused in words', () => {
  const { writer } = pair()
  return refuses(() => writer.write(0, new Uint8Array(capacity + 1)), `${capacity} fit`)
})

test('no blob is ever torn between two threads', async () => {
  const { buffer, reader } = pair(SharedArrayBuffer)
  const worker = new Worker('/units/mailbox-writer.js', { type: 'module' })
  worker.postMessage({ buffer, capacity, seed: 3 })
  const next = random(5)
  let last = 0
  let seen = 0
  for (const end = performance.now() + 20000; seen < 100 && performance.now() < end; ) {
    if (next() < 0.2) await new Promise((resolve) => setTimeout(resolve))
    if (!reader.take()) continue
    const blob = received(reader)
    ok(reader.key > last, `blob ${reader.key} came after ${last}`)
    last = reader.key
    seen += 1
    ok(blob.every((byte) => byte === last % 251), `blob ${last} is torn`)
  }
  worker.terminate()
  ok(seen === 100, `only ${seen} blobs came`)
})
