import { element } from '/widgets/dom.js'

/** What a derived feature can be made of: `{ name, label, group }`, in the order of the bus; `before` leaves out those not before it. */
export function sources({ starling, document }, before = Infinity) {
  const features = starling.catalogue.features.flatMap(({ label, outputs }) => outputs.map((output) => ({
    name: output.name, label: outputs.length > 2 ? `${label}: ${output.label}` : output.label, group: 'Features',
  })))
  const records = (table, group) => starling.ordered(table).map(({ id, name }) => ({ name: id, label: name, group }))
  const derived = records('derived', 'Derived').filter(({ name }) => Number(name.slice('derived-'.length)) < before)
  return [...features, ...records('controls', 'Controls'), ...derived]
}

/** The name for people of a source. */
export const labelOf = (store, name) => sources(store).find((source) => source.name === name)?.label ?? name

/** A choice among sources. */
export function sourceSelect(all, label, value) {
  const groups = [...new Set(all.map(({ group }) => group))]
  const select = element('select', { 'aria-label': label }, ...groups.map((group) =>
    element('optgroup', { label: group }, ...all.filter((one) => one.group === group).map((one) => element('option', { value: one.name }, one.label)))))
  select.value = value
  return select
}
