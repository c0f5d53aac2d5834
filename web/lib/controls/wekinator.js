/**
 * The page in Wekinator's place: frames of inputs come to /wek/inputs, outputs go to /wek/outputs. docs/controls.md has the words.
 *
 * A frame recorded is an example, as it came. What runs is the engine, which answers at its next hop.
 */
import { WekinatorExamples } from './wekinator-examples.js'
import { indexOf, newControls, numbersOf, rangeOf } from './records.js'

const inputsAddress = '/wek/inputs'
const outputsAddress = '/wek/outputs'
const controlRoot = '/wekinator/control/'
const doneAddress = '/wekinator/status/done-training'
const settleMilliseconds = 300
const longestTraining = 60_000

export class Wekinator {
  #starling
  #ports
  #parts
  #record = null
  #target = null
  #examples
  #isRunning = true
  #frame = null
  #sent = []
  #sentAt = 0

  /**
   * @param {import('../starling.js').Starling} starling
   * @param {import('./osc-ports.js').OscPorts} ports
   * @param {{ value: (id: string) => number, fault: (error: Error) => void, changed: () => void }} parts
   */
  constructor(starling, ports, parts) {
    this.#starling = starling
    this.#ports = ports
    this.#parts = parts
    this.#examples = new WekinatorExamples(starling)
  }

  /** Begins, goes on or ends as the project says. @param {object | null} record of `sends` */
  adopt(record) {
    if (record === this.#record) return
    this.#record = record
    this.#target = null
    this.#frame = null
    if (record) this.#ports.target(record.host, record.port).then((target) => (this.#target = target), this.#parts.fault)
  }

  /** Takes a message; true when controls need not see it. @param {import('../osc.js').Message} message */
  receive({ address, arguments: values, port }) {
    if (port !== this.#record?.listen) return false
    try {
      if (address === inputsAddress) return this.#take(numbersOf(values))
      if (!address.startsWith(controlRoot)) return false
      this.#control(address.slice(controlRoot.length), numbersOf(values))
    } catch (error) {
      this.#parts.fault(error)
    }
    return true
  }

  /** To be called after each hop: answers the newest frame once the engine has seen it, and again while the answer moves. */
  look() {
    if (!this.#target || !this.#isRunning || !this.#frame) return
    if (!this.#frame.isAnswered && !this.#isSeen()) return
    const now = performance.now()
    const outputs = this.#outputs()
    const isSame = outputs.every((value, index) => value === this.#sent[index])
    if (outputs.length === 0 || (this.#frame.isAnswered && (isSame || now - this.#sentAt < 1000 / this.#record.rate))) return
    this.#frame.isAnswered = true
    this.#sent = outputs
    this.#sentAt = now
    this.#target.send(outputsAddress, ...outputs)
  }

  #isSeen() {
    return this.#controls().every(({ id }) => this.#starling.bus.value(`/listen/control/${indexOf(id) + 1}`) === this.#parts.value(id))
  }

  /** A number for each output: the place of the recognised category from 1, 0 for none; a knob's value. */
  #outputs() {
    const { bus } = this.#starling
    return this.#examples.outputs.map(({ path, isKnob }) => bus.value(path) + (isKnob ? 0 : 1))
  }

  #controls() {
    return this.#starling
      .ordered('controls')
      .filter(({ source, address, port }) => source === 'osc' && address === inputsAddress && port === this.#record.listen)
  }

  // The first frame says how many inputs there are.
  #take(values) {
    if (this.#controls().length === 0) this.#makeControls(values)
    this.#examples.add(values, this.#controls())
    this.#frame = { isAnswered: false }
    return false
  }

  #makeControls(values) {
    const wanted = values.map((value, argument) => ({
      name: `Input ${argument + 1}`, source: 'osc', address: inputsAddress, port: this.#record.listen, argument, ...rangeOf(value || 0),
    }))
    const { ids, changes } = newControls(this.#starling.document.controls, wanted)
    for (const model of this.#examples.untaught) changes.push({ table: 'models', id: model, field: 'inputs', value: ids })
    this.#starling.apply({ name: 'Inputs of Wekinator', changes })
  }

  #control(word, values) {
    const [number = 1] = values
    const words = {
      outputs: () => this.#examples.label(values),
      startRecording: () => this.#startRecording(() => this.#examples.begin()),
      stopRecording: () => this.#examples.end(),
      startDtwRecording: () => this.#startRecording(() => this.#examples.beginGesture(number)),
      stopDtwRecording: () => this.#examples.end(),
      startRunning: () => this.#run(true),
      stopRunning: () => this.#run(false),
      deleteAllExamples: () => this.#examples.removeAll(),
      train: () => this.#train(),
    }
    words[word]?.()
  }

  #startRecording(begin) {
    this.#run(false)
    begin()
  }

  #run(isRunning) {
    this.#isRunning = isRunning
    this.#sent = []
    this.#parts.changed()
  }

  // The page trains by itself; whoever asks is told when it has done so.
  async #train() {
    this.#examples.end()
    const end = performance.now() + longestTraining
    const pause = () => new Promise((resolve) => setTimeout(resolve, settleMilliseconds))
    do await pause()
    while (performance.now() < end && this.#starling.training.models.some(({ progress, message }) => progress < 1 && !message))
    this.#target?.send(doneAddress)
  }
}
