import { button, element, setText } from '/widgets/dom.js'
import { Hearing } from './hearing.js'
import { percent } from '../words.js'

/** The takes behind a picked mistake, to be heard and opened. `show` picks one. */
export function confusedTakes(store) {
  const hearing = new Hearing(store)
  const title = element('h4', { tabIndex: -1 })
  const list = element('ul', { class: 'takes' })
  const root = element('div', { class: 'confused', hidden: true }, title, list)
  let shown = null

  root.show = (wanted, answered, report) => {
    const [taught, taken] = [wanted, answered].map((id) => store.document.categories[id]?.name)
    const takes = report.confused.filter((one) => one.wanted === wanted && one.answered === answered)
    setText(title, `${taught} taken for ${taken}`)
    list.replaceChildren(...takes.map((one) => row(store, hearing, one)))
    root.hidden = false
    shown = report
    title.focus()
  }
  root.update = (report) => {
    // Another report has other mistakes.
    if (report !== shown) root.hidden = true
    for (const item of list.children) item.update()
  }
  return root
}

function row(store, hearing, { take, share }) {
  const title = store.groups.flatMap(({ takes }) => takes).find(({ id }) => id === take)?.title ?? 'a deleted take'
  const hear = button('Hear', () => hearing.toggle(take), { class: 'quiet edge' })
  const open = button('Open', () => {
    store.show('examples')
    store.picks.find(take)
  }, { class: 'quiet edge', 'aria-label': `Open ${title}` })
  const node = element('li', { class: 'confused-take' }, element('span', {}, `${title}: ${percent(share)} of it`), hear, open)
  node.update = () => {
    setText(hear, hearing.isOn(take) ? 'Stop' : 'Hear')
    hear.setAttribute('aria-label', `${hearing.isOn(take) ? 'Stop' : 'Hear'} ${title}`)
    hear.disabled = !store.document.takes[take]?.sound
    open.disabled = !store.document.takes[take]
  }
  node.update()
  return node
}
