import { element } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'

const most = 100
const arrows = { in: '→ in', out: '← out' }

/** Shows what comes and goes, the newest first. */
export function openMonitor(controls) {
  const body = element('tbody')
  const empty = element('p', { class: 'hint' }, 'Nothing has come or gone yet.')
  const head = element('tr', {}, ...['Way', 'Address', 'Values', 'With whom'].map((name) => element('th', { scope: 'col' }, name)))
  const table = element('table', { class: 'monitor' }, element('caption', { class: 'unseen' }, 'Traffic'), element('thead', {}, head), body)
  let isDue = false
  const show = () => {
    isDue = false
    empty.hidden = controls.traffic.length > 0
    body.replaceChildren(...controls.traffic.slice(-most).reverse().map(line))
  }
  const come = () => {
    if (!isDue) requestAnimationFrame(show)
    isDue = true
  }
  controls.addEventListener('traffic', come)
  show()
  const scroll = element('div', { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Traffic' }, table)
  const dialog = showDialog('Monitor', [empty, scroll], [{ label: 'Close', isMain: true }])
  dialog.addEventListener('close', () => controls.removeEventListener('traffic', come))
}

function line({ direction, address, arguments: values, peer }) {
  const shown = values.map((value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : JSON.stringify(value))).join(' ')
  return element('tr', {}, ...[arrows[direction], address, shown, peer].map((text) => element('td', {}, text)))
}
