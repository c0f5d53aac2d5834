/**
 * The engine in the audio thread. After its construction nothing here allocates, waits or throws.
 *
 * processorOptions: `module`, the compiled engine, or `bytes` where modules cannot be sent; `listening`, the frame size, profile
 * and bands for `engine_create`; `link`, the parts of a `SharedLink` or `PortLink`. The port says `{ ready: true }`, or `{ failure }` with the engine's sentence as bytes;
 * later `{ broken: true }` if the engine has stopped.
 */
import { EngineInstance, rowWidth } from '../shared/abi.js'
import { PortAudioLink } from '../shared/port-link.js'
import { SharedAudioLink } from '../shared/shared-link.js'
import { Status } from '../shared/status.js'
import { BlobIntake } from './blob-intake.js'
import { collectEarly } from './early-collection.js'
import { GapMeter } from './gap-meter.js'
import { SoundIntake } from './sound-intake.js'

// All the engine will ever need, 43 at 192 kHz with the largest frames; the memory must not grow, since growing detaches every
// view. From 64 on V8 collects garbage because of it, and again twice half a minute later, on the audio thread.
const megabytes = 56
const maximumBlock = 2048
const maximumEvents = 64

class StarlingProcessor extends AudioWorkletProcessor {
  #blockSize = 0
  #hopCount = 0
  #isBroken = false

  constructor({ processorOptions: { module, bytes, link, listening } }) {
    super()
    collectEarly()
    this.link = link.kind === 'shared' ? new SharedAudioLink(link) : new PortAudioLink(link, this.port)
    this.engine = new EngineInstance(module ?? new WebAssembly.Module(bytes), {
      initialMegabytes: megabytes,
      maximumMegabytes: megabytes,
    })
    this.calls = this.engine.exports
    if (this.calls.engine_create(sampleRate, maximumBlock, ...listening) === 0) this.#prepare()
    else this.#refuse()
  }

  #prepare() {
    this.intake = new BlobIntake(this.engine, this.link)
    this.sounds = new SoundIntake(this.engine, this.link)
    this.gaps = new GapMeter(this.link.status)
    this.row = this.engine.floats(this.calls.engine_bus(), rowWidth)
    this.events = new Int32Array(this.engine.memory.buffer, this.calls.engine_events(), maximumEvents * 4)
    this.link.status[Status.memoryBytes] = this.engine.memory.buffer.byteLength
    this.port.postMessage({ ready: true })
  }

  #refuse() {
    this.#isBroken = true
    const sentence = this.engine.bytes(this.calls.outbox_address(), this.calls.outbox_count()).slice()
    this.port.postMessage({ failure: sentence })
  }

  process(inputs, outputs) {
    if (this.#isBroken) return true
    const output = outputs[0]
    try {
      if (output[0].length !== this.#blockSize) this.#resize(output[0].length)
      Atomics.store(this.link.status, Status.busy, 1)
      this.gaps.look()
      this.#run(inputs[0], output)
      Atomics.store(this.link.status, Status.busy, 0)
    } catch {
      // The engine stopped halfway: it stays silent until the page replaces it.
      this.#break()
      output[0].fill(0)
      output[1].fill(0)
    }
    return true
  }

  #run(input, output) {
    if (input.length > 0) this.input.set(input[0])
    else this.input.fill(0)
    this.intake.step()
    this.sounds.step()
    const eventCount = this.link.events.take(this.events, maximumEvents)
    if (eventCount > 0) this.calls.engine_schedule(eventCount)
    this.calls.engine_process(this.#blockSize)
    output[0].set(this.left)
    output[1].set(this.right)
    this.#remember()
  }

  #remember() {
    this.link.memory.addSound(this.input)
    const hopCount = this.calls.engine_hop_count()
    if (hopCount === this.#hopCount) return
    // A block longer than a hop has one row for several hops.
    for (; this.#hopCount !== hopCount; this.#hopCount = (this.#hopCount + 1) | 0) this.link.memory.addRow(this.row)
    this.link.status[Status.faults] = this.calls.engine_fault_count()
    this.link.status[Status.dropped] = this.calls.engine_dropped_count()
  }

  #break() {
    this.#isBroken = true
    this.link.status[Status.broken] = 1
    this.port.postMessage({ broken: true })
  }

  // Once, before the first block: its size is the browser's choice.
  #resize(count) {
    if (count > maximumBlock) throw new RangeError(`blocks of ${count}; at most ${maximumBlock}`)
    this.#blockSize = count
    this.gaps.quantumMilliseconds = (1000 * count) / sampleRate
    this.input = this.engine.floats(this.calls.engine_input(), count)
    this.left = this.engine.floats(this.calls.engine_left(), count)
    this.right = this.engine.floats(this.calls.engine_right(), count)
  }
}

registerProcessor('starling', StarlingProcessor)
