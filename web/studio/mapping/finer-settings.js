import { element } from '/widgets/dom.js'
import { numberField } from '../number-field.js'
import { noteOwner, rootNames } from './ends.js'
import { setMapping } from './mapping-commands.js'

/** The curve, the time it takes, steps and scale; behind a disclosure. */
export function finerSettings(store, id) {
  const { starling } = store
  const set = (field) => (value) => store.run(setMapping, id, { [field]: value })
  const curve = choice('Curve', starling.catalogue.curves.map(({ name, label }) => [name, label]), set('curve'))
  const rising = number('Up in', 's', { minimum: 0, maximum: 60 }, set('smoothing'))
  const falling = number('Down in', 's', { minimum: 0, maximum: 60 }, set('falling'))
  const steps = number('Steps', '', { minimum: 0, maximum: 100, step: 1 }, (value) => set('steps')(Math.round(value)))
  const scales = starling.catalogue.scales.map(({ name, label }) => [name, label])
  const scale = choice('Scale', [['', 'Every pitch'], ...scales], (name) => set('scale')(name || null))
  const root = choice('On', rootNames(starling).map((name, index) => [String(index), name]), (index) => set('root')(Number(index)))
  const gate = number('Sounds above', 'dB', { minimum: -200, maximum: 0, step: 1 }, set('gate'))
  const all = [curve, rising, falling, steps, scale, root, gate]
  const node = element('details', {}, element('summary', {}, 'Finer'), element('div', { class: 'settings' }, ...all))
  node.show = (mapping, { destination }) => {
    const isNote = noteOwner(mapping) !== null
    const isPitch = isNote || ['Hz', 'st', 'note'].includes(destination?.unit)
    curve.show(mapping.curve)
    rising.show(mapping.smoothing)
    falling.show(mapping.falling ?? mapping.smoothing)
    steps.show(mapping.steps)
    scale.show(mapping.scale ?? '')
    root.show(String(mapping.root))
    gate.show(mapping.gate)
    steps.hidden = isPitch
    scale.hidden = !isPitch
    root.hidden = !isPitch || !mapping.scale || mapping.scale === 'chromatic'
    gate.hidden = !isNote
  }
  return node
}

function choice(label, options, ask) {
  const select = element('select', { on: { change: () => ask(select.value) } }, ...options.map(([value, text]) => element('option', { value }, text)))
  const node = element('label', { class: 'number' }, element('span', {}, label), select)
  node.show = (value) => {
    select.value = value
  }
  return node
}

function number(label, unit, limits, ask) {
  const field = numberField(limits, ask)
  const node = element('label', { class: 'number' }, element('span', {}, label), field, element('span', { class: 'hint' }, unit))
  node.show = field.show
  return node
}
