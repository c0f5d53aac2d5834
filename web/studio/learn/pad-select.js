import { element } from '/widgets/dom.js'

/**
 * A choice of pads that does something with the chosen one and then offers its title again. `show()` offers the pads
 * there are now.
 *
 * @param {'own' | 'others'} which pads of the output being taught, or those of all other outputs
 */
export function padSelect(store, title, which, act) {
  let pads = []
  const change = () => {
    const pad = pads.find(({ id }) => id === select.value)
    select.value = ''
    if (pad) act(pad)
  }
  const select = element('select', { class: 'edge', 'aria-label': title, on: { change } })
  select.show = () => {
    const outputs = which === 'own' ? [store.model] : store.outputs.filter((output) => output !== store.model)
    const groups = outputs.filter(Boolean).map((output) => ({ output, own: store.starling.ordered('categories', { model: output.id }) }))
    const shown = groups.flatMap(({ own }) => own)
    select.hidden = shown.length < (which === 'own' ? 2 : 1)
    if (shown.length === pads.length && shown.every((pad, index) => pad === pads[index])) return
    pads = shown
    const options = (own) => own.map(({ id, name }) => element('option', { value: id }, name))
    const rest = which === 'own'
      ? groups.flatMap(({ own }) => options(own))
      : groups.map(({ output, own }) => element('optgroup', { label: output.name }, ...options(own)))
    select.replaceChildren(element('option', { value: '' }, `${title} …`), ...rest)
  }
  return select
}
