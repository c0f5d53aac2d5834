import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { moveBy } from './roving.js'

/**
 * Tabs over panels: arrows move between them, only the chosen panel is there. Which one is the store's to know.
 *
 * @param {{ name: string, label: () => string, panel: HTMLElement }[]} entries
 */
export function tabs(entries, store) {
  const buttons = entries.map(({ name }) =>
    button('', () => store.show(name), { role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}` }))
  const choose = (index) => {
    store.show(entries[index].name)
    buttons[index].focus()
  }
  const keydown = (event) => moveBy(event, buttons, choose)
  const list = element('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Learn', on: { keydown } }, ...buttons)
  for (const { name, panel } of entries) {
    panel.id = `panel-${name}`
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', `tab-${name}`)
  }
  store.subscribe(() => {
    entries.forEach(({ name, label, panel }, index) => {
      const isChosen = name === store.tab
      setText(buttons[index], label())
      setAttribute(buttons[index], 'aria-selected', isChosen)
      buttons[index].tabIndex = isChosen ? 0 : -1
      panel.hidden = !isChosen
    })
  })
  return list
}
