/**
 * `<starling-table>`: many rows of numbers, of which only those in sight are there.
 *
 *     <starling-table label="Numbers of Take 3"></starling-table>
 *     table.show({ columns: ['Time', 'Pitch'], count: 1200, cell: (row, column) => '0.01' })
 *
 * Attributes: `label`, its name for people. Methods: `show({ columns, count, cell })`.
 * Keys: it scrolls by arrows, Page Up and Page Down, Home and End when focused.
 */
import { element, setAttribute } from './dom.js'
import { Widget } from './widget.js'

const rowHeight = 24
const spare = 8

export class Table extends Widget {
  #content = { columns: [], count: 0, cell: () => '' }
  #shown = ''

  build() {
    this.setAttribute('role', 'table')
    this.tabIndex = 0
    this.head = element('div', { class: 'table-row table-head', role: 'row', 'aria-rowindex': 1 })
    this.body = element('div', { class: 'table-body', role: 'rowgroup' })
    this.append(element('div', { role: 'rowgroup', class: 'table-top' }, this.head), this.body)
    this.addEventListener('scroll', () => this.#fill(), { passive: true })
    new ResizeObserver(() => this.#fill()).observe(this)
  }

  show(content) {
    this.#content = content
    this.#shown = ''
    this.changed()
  }

  update() {
    const { columns, count } = this.#content
    setAttribute(this, 'aria-label', this.getAttribute('label') ?? 'Numbers')
    setAttribute(this, 'aria-rowcount', count + 1)
    setAttribute(this, 'aria-colcount', columns.length)
    this.style.setProperty('--columns', columns.length)
    this.head.replaceChildren(...columns.map((name) => element('span', { role: 'columnheader', title: name }, name)))
    this.body.style.height = `${count * rowHeight}px`
    this.#fill()
  }

  #fill() {
    const { count, columns, cell } = this.#content
    const first = Math.max(0, Math.floor(this.scrollTop / rowHeight) - spare)
    const end = Math.min(count, Math.ceil((this.scrollTop + this.clientHeight) / rowHeight) + spare)
    if (`${first} ${end}` === this.#shown) return
    this.#shown = `${first} ${end}`
    const rows = Array.from({ length: Math.max(0, end - first) }, (_, index) => {
      const row = first + index
      const cells = columns.map((_, column) => element('span', { role: 'cell' }, cell(row, column)))
      const node = element('div', { class: 'table-row', role: 'row', 'aria-rowindex': row + 2 }, ...cells)
      node.style.top = `${row * rowHeight}px`
      return node
    })
    this.body.replaceChildren(...rows)
  }
}

customElements.define('starling-table', Table)
