import '/widgets/table.js'
import { element } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'

/** All numbers of a take, a row a hop. */
export function openNumbers(store, take, data) {
  return store.attemptLater(async () => {
    const { columns, rate, rows, count } = await data.rows(take)
    const label = `Numbers of ${take.title}`
    const table = element('starling-table', { label })
    const dialog = showDialog(label, [element('p', { class: 'hint' }, words(take, count, rate)), table], [{ label: 'Close', isMain: true }])
    dialog.classList.add('wide')
    const cell = (row, column) => column === 0
      ? (row / rate).toFixed(3)
      : String(Number(rows[row * columns.length + column - 1].toPrecision(5)))
    table.show({ columns: ['seconds', ...columns], count, cell })
  })
}

function words({ from, to }, count, rate) {
  const all = `${count} rows, ${rate.toFixed(1)} a second.`
  return from === undefined && to === undefined ? all : `${all} Those outside the lines of the take teach nothing.`
}
