import { element } from '/widgets/dom.js'

/** How near each knob comes on takes it has not seen: the usual error in its unit, and how well it follows in words. */
export function knobErrors(store) {
  const body = element('tbody')
  const head = element('tr', {}, ...['Knob', 'Usual error', 'It follows'].map((title) => element('th', { scope: 'col' }, title)))
  const table = element('table', { class: 'knob-errors' }, element('caption', { class: 'unseen' }, 'How near each knob comes'),
    element('thead', {}, head), body)
  const root = element('div', {}, table)
  root.update = ({ task, outputs = [] }) => {
    root.hidden = task !== 'continuous'
    if (root.hidden) return
    body.replaceChildren(...outputs.map((output) => element('tr', {},
      element('th', { scope: 'row' }, output.name),
      element('td', { title: 'Root mean square error' }, errorText(store, output)),
      element('td', { title: `R² ${output.r2?.toFixed(2) ?? 'unknown'}` }, followWords(output.r2)))))
  }
  return root
}

const slotOf = ({ starling }, { id }) => starling.slots.find(({ path }) => path === `/play/${id}`)

/** An instrument's parameter has a unit, an output's own knob has none. */
function errorText(store, output) {
  const unit = slotOf(store, output)?.unit
  return `${Number(output.rmse.toPrecision(2))}${unit ? ` ${unit}` : ''}`
}

/** R² as people would say it; null where nothing was to be moved. */
export function followWords(r2) {
  if (r2 === null) return 'unknown'
  if (r2 >= 0.9) return 'closely'
  if (r2 >= 0.7) return 'well'
  if (r2 >= 0.4) return 'roughly'
  return r2 > 0.1 ? 'hardly' : 'not at all'
}
