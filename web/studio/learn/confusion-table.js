import { button, drawing, element } from '/widgets/dom.js'
import { mark, markPath } from '/widgets/marks.js'
import { percent } from '../words.js'

/**
 * What was taken for what: a row a taught pad, a column an answer. Mistakes are buttons that show their takes.
 *
 * @param {(wanted: string, answered: string, report: object) => void} pick gets the ids of two pads
 */
export function confusionTable(store, pick) {
  const table = element('table', { class: 'confusion' })
  const box = element('div', { class: 'scroll', role: 'region', tabIndex: 0, 'aria-label': 'What was taken for what' }, table)
  let shown = null
  box.update = (report) => {
    box.hidden = report.task === 'continuous'
    const names = report.categories.map(({ id }) => store.document.categories[id]?.name ?? 'deleted')
    if (box.hidden || (shown?.report === report && shown.names === names.join())) return
    shown = { report, names: names.join() }
    table.replaceChildren(
      element('caption', {}, 'What you taught (rows), and what it took it for (columns), in examples'),
      element('thead', {}, head(names)),
      element('tbody', {}, ...names.map((name, index) => row(name, index, names, report, pick))),
      element('tfoot', {}, foot(report)),
    )
  }
  return box
}

function head(names) {
  const columns = names.map((name, index) => element('th', { scope: 'col' }, shape(index), element('span', {}, name)))
  const found = element('th', { scope: 'col', class: 'rate', title: 'Recall: how much of what you taught it finds' }, 'found')
  return element('tr', {}, element('td'), ...columns, found)
}

function row(name, wanted, names, report, pick) {
  const cells = report.confusion[wanted].map((count, answered) => cell(count, { wanted, answered, names, report, pick }))
  const recall = element('td', { class: 'rate' }, percent(report.categories[wanted].recall))
  return element('tr', {}, element('th', { scope: 'row' }, shape(wanted), element('span', {}, name)), ...cells, recall)
}

function cell(count, { wanted, answered, names, report, pick }) {
  if (wanted === answered) return element('td', { class: 'right' }, String(count))
  if (count === 0) return element('td', { class: 'none' }, '0')
  const label = `${names[wanted]} taken for ${names[answered]}: ${count}`
  const show = () => pick(report.categories[wanted].id, report.categories[answered].id, report)
  return element('td', { class: 'wrong' }, button(String(count), show, { 'aria-label': label, title: label }))
}

/** How often each answer is right when it is given. */
function foot({ categories }) {
  const rates = categories.map(({ precision }) => element('td', { class: 'rate' }, percent(precision)))
  const title = 'Precision: how often it is right when it says this'
  return element('tr', {}, element('th', { scope: 'row', class: 'rate', title }, 'right when said'), ...rates, element('td'))
}

function shape(index) {
  const { color, shape: outline } = mark(index)
  const path = drawing('path', { d: markPath(outline) })
  path.style.fill = color
  return drawing('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, path)
}
