import { element } from '/widgets/dom.js'
import { numberField } from '../number-field.js'
import { setArpeggio } from './pattern-commands.js'

const words = { off: 'together', up: 'up', down: 'down', updown: 'up and down', random: 'at random', played: 'as played' }
const usual = { arpeggio: 'off', rate: '1/16', octaves: 1, gate: 0.5 }

/** How an instrument plays the notes it holds: together, or one after the other in time. */
export function arpeggioRow(store, { id, name }) {
  const { catalogue } = store.starling
  const run = (field, value) => {
    store.run(setArpeggio, id, field, value)
    store.changed()
  }
  const choose = (label, field, options) => {
    const select = element('select', { 'aria-label': `${label} of ${name}`, on: { change: () => run(field, select.value) } },
      ...options.map(([value, text]) => element('option', { value }, text)))
    select.show = (value) => { select.value = value }
    return select
  }
  const nodes = {
    arpeggio: choose('Arpeggio', 'arpeggio', catalogue.arpeggios.map((mode) => [mode, words[mode]])),
    rate: choose('Rate of the arpeggio', 'rate', catalogue.noteLengths.map((length) => [length, length])),
    octaves: numberField({ label: `Octaves of the arpeggio of ${name}`, minimum: 1, maximum: 4, step: 1 }, (value) => run('octaves', value)),
    gate: numberField({ label: `Part of a step that notes of ${name} last`, minimum: 0.05, maximum: 1, step: 0.05 }, (value) => run('gate', value)),
  }
  const further = element('span', { class: 'row' },
    element('label', {}, 'every', nodes.rate), element('label', {}, 'octaves', nodes.octaves), element('label', {}, 'held', nodes.gate))
  const row = element('div', { class: 'row arpeggio', title: 'How the held notes are played' }, element('label', {}, 'Notes', nodes.arpeggio), further)
  row.show = (record) => {
    for (const [field, node] of Object.entries(nodes)) node.show(record[field] ?? usual[field])
    further.hidden = (record.arpeggio ?? 'off') === 'off'
  }
  return row
}
