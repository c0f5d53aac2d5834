import { advice } from '/studio/learn/advice.js'
import { curveWords } from '/studio/learn/learning-curve.js'
import { followWords } from '/studio/learn/knob-errors.js'
import { newnessWords } from '/studio/learn/newness.js'
import { firstModel, freeName, modelsFor, outputKinds, taskOf } from '/studio/learn/outputs.js'
import { deleteTakes, labelTakes, moveTakes, trimTake } from '/studio/learn/take-commands.js'
import { takeGroups } from '/studio/learn/take-groups.js'
import { envelope } from '/widgets/envelope.js'
import { valueAfterKey } from '/widgets/slider-keys.js'
import { equal, ok, test } from './harness.js'

const key = (name, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })
const slider = { value: 0.5, step: 0.01, minimum: 0, maximum: 1 }

test('keys move a slider by steps, finely with Shift, and to its ends', () => {
  equal(valueAfterKey(key('ArrowRight'), slider), 0.51)
  equal(valueAfterKey(key('ArrowDown', { shiftKey: true }), slider), 0.499)
  equal(valueAfterKey(key('PageUp'), { ...slider, value: 0.95 }), 1)
  equal(valueAfterKey(key('Home'), slider), 0)
  equal(valueAfterKey(key('a'), slider), undefined)
  equal(valueAfterKey(key('ArrowRight', { ctrlKey: true }), slider), undefined)
})

test('an envelope has the lowest and highest of each stretch', () => {
  const { min, max } = envelope(Float32Array.of(0, 1, -1, 0.5, 0.25, 0), 3)
  equal([...min], [0, -1, 0])
  equal([...max], [1, 0.5, 0.25])
})

test('what an output learns follows from its drive', () => {
  equal(['switch', 'blend', 'follow', 'gesture'].map((drive) => taskOf({ drive })), ['categories', 'categories', 'continuous', 'gestures'])
})

test('a new output gets the first model wanted that can learn its task', () => {
  const models = [{ name: 'knn', tasks: ['categories', 'continuous'] }, { name: 'dtw', tasks: ['gestures'] }]
  equal(outputKinds.map((kind) => firstModel(kind, { models })?.name), ['knn', 'knn', 'dtw'])
  equal(firstModel(outputKinds[2], { models: models.slice(0, 1) }), undefined)
  equal(modelsFor({ drive: 'gesture' }, { models }).map(({ name }) => name), ['dtw'])
})

test('names of outputs do not repeat', () => equal(freeName('Knobs', [{ name: 'Knobs' }, { name: 'Knobs 2' }]), 'Knobs 3'))

test('a trim over the whole take clears its limits', () => {
  const values = (command) => command.changes.map(({ value }) => value)
  const take = { id: 'a', seconds: 2 }
  equal(values(trimTake({}, take, { from: 0.5, to: 2 })), [0.5, null])
  equal(values(trimTake({}, take, { from: 0, to: 2 })), [null, null])
})

test('moving changes the pad of a take of one’s own, and the label of another’s', () => {
  const pad = { id: 'hum', name: 'Hum' }
  const { changes, name } = moveTakes({}, [{ id: 'a' }, { id: 'b', label: 'b/hiss' }], pad)
  equal(name, 'Move 2 takes to Hum')
  equal(changes.map(({ table, id, value }) => [table, id, value]), [['takes', 'a', 'hum'], ['labels', 'b/hiss', 'hum']])
})

test('a take is labelled once', () => {
  const document = { labels: { 'a/hum': { take: 'a', category: 'hum' } } }
  const { changes } = labelTakes(document, [{ id: 'a' }, { id: 'b' }], { id: 'hum', name: 'Hum' })
  equal([...new Set(changes.map(({ id }) => id))], ['b/hum'])
})

test('one take is not called several', () => equal(deleteTakes({}, [{ id: 'a' }]).name, 'Delete a take'))

test('takes are grouped by pad, newest first, with those that carry a label', () => {
  const takes = { a: { category: 'hum', name: '' }, b: { category: 'hum', name: 'Loud' }, c: { category: 'other', name: '' } }
  const starling = {
    document: { takes, labels: { 'c/hum': { take: 'c', category: 'hum' } } },
    ordered: (table, { category }) => Object.entries(takes).map(([id, take]) => ({ id, ...take })).filter((take) => take.category === category),
  }
  const [group] = takeGroups(starling, [{ id: 'hum', name: 'Hum' }])
  equal(group.takes.map(({ id, title, label }) => [id, title, label ?? null]), [['c', 'Take 3', 'c/hum'], ['b', 'Loud', null], ['a', 'Take 1', null]])
})

const state = {
  pads: [{ id: 'wave', name: 'Wave' }], counts: new Map(), recorded: new Set(), performances: new Map(), sounding: new Set(),
  task: 'gestures', isFirst: false, hasInputs: true, training: { fit: null, heldOut: null },
}

test('advice on gestures goes by performances', () => {
  ok(advice(state).includes('from the beginning'))
  ok(advice({ ...state, performances: new Map([['wave', 1]]) }).includes('once or twice more'))
  ok(advice({ ...state, performances: new Map([['wave', 3]]) }).includes('Make your gestures'))
})

test('whether more examples would help follows from how the error falls', () => {
  const curve = (...errors) => errors.map((error, index) => ({ examples: 10 * (index + 1), error, trainingError: 0 }))
  equal(curveWords(curve(0.3, 0.2)), 'More examples would help.')
  equal(curveWords(curve(0.3, 0.1, 0.1)), 'More examples would not help much.')
  equal(curveWords(curve(0.1, 0.12)), 'More examples would not help much.')
})

test('figures in words', () => {
  equal([0.95, 0.75, 0.5, 0.2, -1, null].map(followWords), ['closely', 'well', 'roughly', 'hardly', 'not at all', 'unknown'])
  equal(newnessWords(NaN), '')
  ok(newnessWords(0.9).startsWith('Unlike anything'))
})
