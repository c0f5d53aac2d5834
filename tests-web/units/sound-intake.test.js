import { Status, statusCount } from '/shared/status.js'
import { MailboxReader, MailboxWriter, pieceBytes } from '/shared/mailbox.js'
import { SoundIntake } from '/worklet/sound-intake.js'
import { equal, ok, test } from './harness.js'

const capacity = 3 * pieceBytes

/** An engine with two rooms, of which the tests say which is free; it notes what it is given. */
function stage() {
  const memory = new ArrayBuffer(2 * capacity + 64)
  const given = []
  const state = { free: 0, refuses: false }
  const exports = {
    engine_blob_capacity: () => capacity,
    engine_sound_room: (index) => (index < 2 ? 64 + index * capacity : 0),
    engine_free_room: () => state.free,
    engine_accept_sound: (place, words) => {
      given.push([place, words, new Float32Array(memory, 64 + state.free * capacity, words).slice()])
      return state.refuses ? 1 : 0
    },
  }
  const buffer = new ArrayBuffer(MailboxWriter.byteCount(capacity))
  const link = { sound: new MailboxReader(buffer, capacity), status: new Int32Array(statusCount) }
  const engine = { exports, bytes: (address, count) => new Uint8Array(memory, address, count) }
  return { state, given, link, writer: new MailboxWriter(buffer, capacity), intake: new SoundIntake(engine, link) }
}

const sound = (count, value) => new Uint8Array(new Float32Array(count).fill(value).buffer)

test('a sound comes piece by piece and is counted when it is whole', () => {
  const { given, link, writer, intake } = stage()
  writer.write(5, sound(40000, 0.5))
  for (let callback = 0; callback < 3; callback += 1) intake.step()
  equal(given.length, 0)
  intake.step()
  equal([given[0][0], given[0][1], given[0][2][39999]], [5, 40000, 0.5])
  equal([link.status[Status.sounds], link.status[Status.refusals]], [1, 0])
})

test('a sound waits until a room is free', () => {
  const { state, given, writer, intake } = stage()
  state.free = -1
  writer.write(0, sound(10, 1))
  for (let callback = 0; callback < 5; callback += 1) intake.step()
  ok(writer.isWaiting)
  state.free = 1
  for (let callback = 0; callback < 2; callback += 1) intake.step()
  equal(given[0][2][9], 1)
})

test('a refused sound is counted too, so that the next one is sent', () => {
  const { state, link, writer, intake } = stage()
  state.refuses = true
  writer.write(0, sound(10, 1))
  for (let callback = 0; callback < 2; callback += 1) intake.step()
  equal([link.status[Status.sounds], link.status[Status.refusals]], [1, 1])
})
