import { hopSize, rowWidth } from '/shared/abi.js'
import { piecesOf } from '/shared/mailbox.js'
import { PortAudioLink, PortLink } from '/shared/port-link.js'
import { SharedAudioLink, SharedLink } from '/shared/shared-link.js'
import { Status } from '/shared/status.js'
import { equal, ok, test } from './harness.js'

const sampleRate = 8000
const capacity = 70000
const turn = () => new Promise((resolve) => setTimeout(resolve, 10))

function shared() {
  const page = new SharedLink(sampleRate, capacity)
  return { page, audio: new SharedAudioLink(page.parts) }
}

function copied() {
  const { port1, port2 } = new MessageChannel()
  const page = new PortLink(sampleRate, capacity)
  page.connect(port1)
  port1.start()
  return { page, audio: new PortAudioLink(page.parts, port2) }
}

function play(audio, hops, from = 0) {
  for (let hop = from; hop < from + hops; hop += 1) {
    for (let half = 0; half < 2; half += 1) audio.memory.addSound(new Float32Array(hopSize / 2).fill(hop + half / 2))
    audio.memory.addRow(new Float32Array(rowWidth).fill(hop))
  }
}

for (const [name, make] of Object.entries({ shared, copied })) {
  test(`${name}: events, plans and status get across`, async () => {
    const { page, audio } = make()
    page.events.push(0, 5, 0.25, 9)
    page.sendPlan(new Uint8Array([1, 2, 3, 4]))
    audio.status[Status.faults] = 3
    play(audio, 4)
    await turn()
    const event = new Int32Array(4)
    equal(audio.events.take(event, 1), 1)
    equal([new Uint16Array(event.buffer)[1], new Float32Array(event.buffer)[1]], [5, 0.25])
    ok(audio.plan.take())
    const room = new Uint8Array(capacity)
    audio.plan.movePiece(piecesOf(room))
    equal([...room.subarray(0, audio.plan.byteCount)], [1, 2, 3, 4])
    equal(page.status[Status.faults], 3)
  })

  test(`${name}: rows and sound get across in order and together`, async () => {
    const { page, audio } = make()
    for (let round = 0; round < 20; round += 1) {
      play(audio, 8, 8 * round)
      await turn()
    }
    equal([page.memory.hopCount, audio.status[Status.lostHops]], [160, 0])
    equal([...page.memory.copyRows(0, 160, 1)], Array.from({ length: 160 }, (_, hop) => hop))
    const sound = page.memory.copySound(0, 160)
    ok(sound.every((value, i) => value === Math.floor((i * 2) / hopSize) / 2), 'sound and rows do not belong together')
  })
}

test('copied: a page that is late loses hops, and they are counted', async () => {
  const { page, audio } = copied()
  play(audio, 4 * 20)
  await turn()
  equal(page.memory.hopCount + audio.status[Status.lostHops], 80)
  ok(audio.status[Status.lostHops] > 0)
  play(audio, 8)
  await turn()
  equal(page.memory.hopCount + audio.status[Status.lostHops], 88)
})
