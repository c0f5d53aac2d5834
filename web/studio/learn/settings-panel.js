import { button, element, keep, setText } from '/widgets/dom.js'
import { setModel, setModelSetting } from '../commands.js'
import { numberField } from '../number-field.js'
import { outputBar } from './output-bar.js'
import { modelsFor } from './outputs.js'

/** How an output learns: the one place where its kind of model, what it does, and the finer settings are chosen. */
export function settingsPanel(store, close) {
  const title = element('span')
  store.subscribe(() => setText(title, `How ${store.model?.name ?? 'it'} learns`))
  const done = button('Done', close, { class: 'quiet edge' })
  const keydown = (event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    close()
  }
  const { drives } = store.starling.catalogue
  return element('div', { class: 'panel', on: { keydown } },
    element('h3', {}, title, element('small', {}, done)),
    outputBar(store),
    choice(store, 'What the pads do', 'drive', () => (canDrive(store) ? drives.filter(({ name }) => name !== 'gesture') : [])),
    choice(store, 'Kind of model', 'kind', () => (store.model ? modelsFor(store.model, store.starling.catalogue) : [])),
    finer(store))
}

/** Gestures and free knobs have one thing to do; pads may do several with the instruments. */
const canDrive = (store) => store.task !== 'gestures' && store.knobs.length === 0

/** Radio buttons, each with its sentence; gone where there is nothing to choose. */
function choice(store, title, field, options) {
  const list = element('div')
  const make = ({ name }) => {
    const change = () => {
      store.run(setModel, store.model, field, name)
      show()
    }
    const box = element('input', { type: 'radio', name: field, value: name, on: { change } })
    const [label, help] = [element('b'), element('span', { class: 'hint' })]
    const node = element('label', { class: 'choice' }, box, element('span', {}, label, ' ', help))
    return Object.assign(node, { box, label, help })
  }
  const show = () => {
    const offered = options()
    root.hidden = offered.length < 2
    keep(list, offered, ({ name }) => name, make, (node, info) => {
      setText(node.label, info.label)
      setText(node.help, info.help)
      node.box.checked = store.model?.[field] === info.name
    })
  }
  const root = element('fieldset', {}, element('legend', {}, title), list)
  store.subscribe(show)
  return root
}

/** Behind a disclosure: the settings of the kind of model from the catalogue, and when the output listens and lets go. */
function finer(store) {
  const list = element('div', { class: 'settings' })
  const make = (info) => labelled(info, (value) => store.run(setModelSetting, store.model, info, value))
  const own = ownSettings.map((info) => ({ info, node: labelled(info, (value) => store.run(setModel, store.model, info.name, value)) }))
  store.subscribe(() => {
    const { model, starling, task } = store
    const infos = starling.catalogue.models.find(({ name }) => name === model?.kind)?.settings ?? []
    keep(list, infos, (info) => `${model.kind}/${info.name}`, make, (node, info) => {
      const [set] = starling.ordered('settings', { model: model.id, name: info.name })
      node.show(set?.value ?? info.default)
    })
    for (const { info, node } of own) {
      node.hidden = !model || (info.name === 'hysteresis' && task === 'continuous')
      node.show(model?.[info.name] ?? info.default)
    }
  })
  const summary = element('summary', {}, 'Finer settings')
  return element('details', {}, summary, element('div', { class: 'settings' }, list, ...own.map(({ node }) => node)))
}

const ownSettings = [
  {
    name: 'gate', label: 'Listens above', unit: 'dB', minimum: -90, maximum: 0, default: -50, curve: 'stepped',
    help: 'Quieter sounds are neither learned nor recognised.',
  },
  {
    name: 'hysteresis', label: 'Lets go late by', unit: '', minimum: 0, maximum: 1, default: 0.08, curve: 'linear',
    help: 'An answer ends only when it is less certain than the threshold by this much. More of it flickers less.',
  },
]

function labelled(info, ask) {
  const field = numberField({ ...info, label: null, step: info.curve === 'stepped' ? 1 : 'any' }, ask)
  const unit = element('span', { class: 'hint' }, info.unit ?? '')
  const node = element('label', { class: 'number', title: info.help }, element('span', {}, info.label), field, unit)
  node.show = field.show
  return node
}
