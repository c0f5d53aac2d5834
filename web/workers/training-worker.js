/**
 * Trains, in slices so short that examples and questions never wait, whenever there is something to learn.
 *
 * Messages in: `load` { modules: { training, document, engine } }, `open` { document, blobs }, `apply` { command, blobs, endsLive, at },
 * `liveBegin` { category, rate }, `liveRows` { rows, count, columns, at }, `liveEnd`, `connect` { mailbox }, `weights`,
 * `check` { ticket, how }: JSON for `session_check`.
 * `at` is when the examples were made, in milliseconds since 1970 by the page's clock.
 * Messages out: `report` { report }, `weights` { key, bytes } where there is no mailbox, `failure` { message },
 * `models` { models }, the answer to `weights`: each model's id and newest weights; `check` { ticket, progress, report }
 * as the check goes on, the report at its end, or { ticket, message } where it cannot be or was ended by an edit.
 */
import { EngineInstance, Step } from '../shared/abi.js'
import { now } from '../shared/clock.js'
import { SliceTimer } from './slice-timer.js'
import { warmUp } from './warm-up.js'
import { WeightsPublisher } from './weights-publisher.js'

const reportMilliseconds = 50
const checkEnded = 'The check was ended, because the project was changed.'

const turns = new MessageChannel()
const publisher = new WeightsPublisher()
const slices = new SliceTimer()
/** The instance of training.wasm. */
let engine = null
/** The modules, as long as they have not been warmed up. */
let cold = null
let isTurning = false
let changedAt = null
let reportedAt = 0
/** The ticket of the check that runs. */
let check = null
let checkedAt = 0
/** What the page last heard, or is to hear next. */
const report = { milliseconds: null, longestSlice: 0, models: [], maps: [] }

const handlers = {
  load({ modules }) {
    engine = new EngineInstance(modules.training)
    cold = modules
  },
  open({ document, blobs }) {
    publisher.forget()
    report.milliseconds = null
    engine.taken(engine.exports.session_open(engine.give(document)))
    blobs.forEach(addBlob)
    learn(null)
  },
  apply({ command, blobs, endsLive, at }) {
    if (endsLive) engine.exports.session_live_end()
    blobs.forEach(addBlob)
    engine.taken(engine.exports.session_apply(engine.give(command)))
    // A command between examples is no reason to measure anew.
    learn(blobs.length > 0 || !isTurning ? at : changedAt)
  },
  liveBegin({ category, rate }) {
    engine.taken(engine.exports.session_live_begin(engine.give(category), rate))
  },
  liveRows({ rows, count, columns, at }) {
    engine.give(rows)
    engine.taken(engine.exports.session_live_rows(count, columns))
    learn(at)
  },
  liveEnd() {
    engine.exports.session_live_end()
    learn(now())
  },
  connect({ mailbox }) {
    publisher.connect(mailbox)
  },
  check({ ticket, how }) {
    check = null
    try {
      engine.taken(engine.exports.session_check(engine.give(how)))
      check = ticket
      // What was changed last may still be learned.
      learn(isTurning ? changedAt : null)
    } catch ({ message }) {
      self.postMessage({ type: 'check', ticket, message })
    }
  },
  weights() {
    const models = report.models.filter(({ key }) => publisher.newest.has(key))
    self.postMessage({ type: 'models', models: models.map(({ id, key }) => ({ id, bytes: publisher.newest.get(key) })) })
  },
}

self.onmessage = ({ data }) => safely(() => handlers[data.type](data))
turns.port1.onmessage = () => safely(turn)

function safely(work) {
  try {
    work()
  } catch (error) {
    self.postMessage({ type: 'failure', message: error.message })
  }
}

function addBlob({ id, bytes }) {
  engine.taken(engine.exports.session_blob(engine.give(id, new Uint8Array(1), bytes)))
}

/** Something changed: train until there is nothing more to learn from it. */
function learn(at) {
  changedAt = at
  if (!isTurning) turns.port2.postMessage(0)
  isTurning = true
}

function turn() {
  const bits = slices.run((work) => engine.exports.session_step(work))
  isTurning = (bits & Step.more) !== 0
  if (isTurning) turns.port2.postMessage(0)
  if (bits & Step.weights) publish()
  if (bits & Step.map) takeMaps()
  if (check !== null) followCheck(bits)
  if (!isTurning || now() - reportedAt > reportMilliseconds) sendReport()
  if (!isTurning) warm()
}

// Only when there is nothing else to do.
function warm() {
  if (cold) warmUp(cold)
  cold = null
}

function publish() {
  while (engine.exports.session_weights() === 0) {
    const bytes = engine.taken()
    publisher.publish(new Uint32Array(bytes.buffer, 0, 1)[0], bytes.subarray(4))
  }
  if (changedAt !== null) report.milliseconds = now() - changedAt
}

function takeMaps() {
  while (engine.exports.session_map() === 0) {
    const bytes = engine.taken()
    report.maps.push({ key: new Uint32Array(bytes.buffer, 0, 1)[0], bytes })
  }
}

function followCheck(bits) {
  if ((bits & Step.more) !== 0 && now() - checkedAt < reportMilliseconds) return
  checkedAt = now()
  const ticket = check
  const state = engine.json(engine.exports.session_check_state())
  if (!state || state.report) check = null
  self.postMessage(state ? { type: 'check', ticket, ...state } : { type: 'check', ticket, message: checkEnded })
}

function sendReport() {
  reportedAt = now()
  const { models } = engine.json(engine.exports.session_report())
  // All of them take turns.
  const work = models.reduce((sum, { workLeft }) => sum + workLeft, 0)
  const secondsLeft = (workLeft) => workLeft && (work * slices.cost) / 1000
  report.models = models.map(({ workLeft, ...model }) => ({ ...model, secondsLeft: secondsLeft(workLeft) }))
  report.longestSlice = slices.longest
  self.postMessage({ type: 'report', report })
  report.maps = []
}
