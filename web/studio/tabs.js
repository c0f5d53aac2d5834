import { button, element, setAttribute, setText } from '/widgets/dom.js'

/**
 * Tabs over panels: arrows move between them, only the chosen panel is there.
 *
 * @param {{ name: string, label: () => string, panel: HTMLElement }[]} entries
 */
export function tabs(entries, store) {
  let chosen = entries[0]
  const buttons = entries.map((entry) => {
    const { name } = entry
    return button('', () => choose(entry), { role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}` })
  })
  const list = element(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': 'Learn', on: { keydown: move } },
    ...buttons,
  )
  for (const { name, panel } of entries) {
    panel.id = `panel-${name}`
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', `tab-${name}`)
  }

  function choose(entry) {
    chosen = entry
    show()
    buttons[entries.indexOf(entry)].focus()
  }

  function move({ key }) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
    if (step) choose(entries[(entries.indexOf(chosen) + step + entries.length) % entries.length])
  }

  function show() {
    entries.forEach((entry, index) => {
      const isChosen = entry === chosen
      setText(buttons[index], entry.label())
      setAttribute(buttons[index], 'aria-selected', isChosen)
      buttons[index].tabIndex = isChosen ? 0 : -1
      entry.panel.hidden = !isChosen
    })
  }

  store.subscribe(show)
  return list
}
