import { button, drawing, element, keep, setAttribute, setText } from '/widgets/dom.js'
import { mark, markPath } from '/widgets/marks.js'
import { takeRow } from './take-row.js'
import { counted } from '../words.js'

/** Of more takes than this the newest are shown, until all are asked for. */
const mostAtFirst = 40

/** The takes of one pad under its name. */
export function takeGroup(store, tools) {
  let isWhole = false
  const shape = drawing('path')
  const name = element('span')
  const count = element('small')
  const change = () => {
    const isMarked = all.checked
    store.picks.mark(ids, isMarked)
  }
  const all = element('input', { type: 'checkbox', on: { change } })
  const list = element('ul', { class: 'takes' })
  const more = button('', () => {
    isWhole = true
    store.changed()
  }, { class: 'quiet' })
  const node = element('section', {},
    element('h4', {}, all, drawing('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, shape), name, count), list, more)
  let ids = []
  node.show = ({ pad, index, takes }) => {
    const { color, shape: outline } = mark(index)
    ids = takes.map(({ id }) => id)
    setAttribute(shape, 'd', markPath(outline))
    shape.style.fill = color
    setText(name, pad.name)
    setText(count, countWords(takes, store.counts.ofCategory.get(pad.id) ?? 0))
    setAttribute(all, 'aria-label', `Mark all takes of ${pad.name}`)
    all.checked = ids.length > 0 && ids.every((id) => store.picks.has(id))
    all.disabled = ids.length === 0
    const shown = isWhole ? takes : takes.filter(({ id }, place) => place < mostAtFirst || id === store.picks.open)
    more.hidden = shown.length === takes.length
    setText(more, `Show all ${takes.length}`)
    keep(list, shown, ({ id }) => id, ({ id }) => takeRow(store, tools, id), (row, take) => row.show(take, { color, pad }))
  }
  return node
}

function countWords(takes, examples) {
  return takes.length === 0 ? 'nothing yet' : `${counted(takes.length, 'take')}, ${counted(examples, 'example')}`
}
