import { button, element, keep, setText } from '/widgets/dom.js'
import { Hearing } from './hearing.js'
import { markBar } from './mark-bar.js'
import { moveBy, reachOnly } from '../roving.js'
import { TakeData } from './take-data.js'
import { takeGroup } from './take-group.js'
import { counted } from '../words.js'

/** All takes of the output by pad: to see, to hear, to trim, to move, to delete; and to exchange as CSV. */
export function examplesPanel(store, files) {
  const count = element('small')
  const empty = element('p', { class: 'hint' })
  const tools = { hearing: new Hearing(store), data: new TakeData(store.starling), editor: null }
  const list = element('div', { class: 'take-groups' })
  const keydown = (event) => {
    const rows = [...list.querySelectorAll('.take')]
    if (event.target.closest('.take-head')) moveBy(upAndDown(event), rows, (index) => rows[index].querySelector('.take-open').focus())
  }
  const focusin = ({ target }) => {
    const row = target.closest('.take-head')
    if (row) reachOnly(list.querySelectorAll('.take-head'), row)
  }
  list.addEventListener('keydown', keydown)
  list.addEventListener('focusin', focusin)
  store.frame.paint(() => {
    if (tools.editor?.isConnected) tools.editor.paint()
  })
  store.subscribe(() => {
    const { groups } = store
    const total = groups.reduce((sum, { takes }) => sum + takes.length, 0)
    setText(count, counted(total, 'take'))
    setText(empty, total > 0 ? '' : emptyWords(store.chosen))
    empty.hidden = total > 0
    keep(list, groups, ({ pad }) => pad.id, () => takeGroup(store, tools), (node, group) => node.show(group))
    const heads = list.querySelectorAll('.take-head')
    const current = [...heads].find((head) => head.contains(document.activeElement))
      ?? [...heads].find((head) => head.querySelector('[tabindex="0"]')) ?? heads[0]
    reachOnly(heads, current)
  })
  return element('div', { class: 'panel examples' },
    element('h3', {}, element('span', {}, 'Takes'), count), markBar(store), empty, list, csvBar(store, files))
}

/** Sideways keys are left to whatever has the focus. */
function upAndDown(event) {
  const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
  const isText = event.target.matches('input:not([type=checkbox]), select')
  return isSideways || isText ? { key: '' } : event
}

function emptyWords(pad) {
  return pad ? `Nothing yet. Hold ${pad.name} while you make its sound.` : 'Add a pad first.'
}

function csvBar(store, files) {
  const give = button('Export CSV', () => files.exportExamples(), { class: 'quiet' })
  const take = button('Import CSV…', () => files.importExamples(), { class: 'quiet' })
  store.subscribe(() => {
    give.disabled = store.groups.every(({ takes }) => takes.length === 0)
    take.disabled = !store.model
  })
  return element('div', { class: 'pad-bar' }, give, take)
}
