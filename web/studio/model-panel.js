import { element, keep, setText } from '/widgets/dom.js'
import { setModel, setModelSetting } from './commands.js'

/** What the pads do, which kind of model learns, and its settings. */
export function modelPanel(store) {
  const { models, drives } = store.starling.catalogue
  return element('div', { class: 'panel' },
    choice(store, 'What the pads do', 'drive', drives),
    choice(store, 'How it learns', 'kind', models),
    settings(store), gate(store))
}

/** Radio buttons, each with its sentence. */
function choice(store, title, field, options) {
  const choose = (name) => {
    store.run(setModel, store.model, field, name)
    show()
  }
  const boxes = options.map(({ name }) =>
    element('input', { type: 'radio', name: field, value: name, on: { change: () => choose(name) } }),
  )
  const labels = options.map(({ label, help }, index) => {
    const words = element('span', {}, element('b', {}, label), ' ', element('span', { class: 'hint' }, help))
    return element('label', { class: 'choice' }, boxes[index], words)
  })
  const show = () => boxes.forEach((box) => {
    box.checked = store.model?.[field] === box.value
    box.disabled = !store.model
  })
  store.subscribe(show)
  return element('fieldset', {}, element('legend', {}, title), ...labels)
}

/** The settings of the chosen kind of model, from the catalogue. */
function settings(store) {
  const root = element('div', { class: 'settings' })
  const make = (info) => number(info, (value) => store.run(setModelSetting, store.model, info, value))
  store.subscribe(() => {
    const { model, starling } = store
    const infos = starling.catalogue.models.find(({ name }) => name === model?.kind)?.settings ?? []
    keep(root, infos, (info) => `${model.kind}/${info.name}`, make, (node, info) => {
      const [own] = starling.ordered('settings', { model: model.id, name: info.name })
      node.show(own?.value ?? info.default)
    })
  })
  return root
}

function gate(store) {
  const info = {
    label: 'Listens above',
    unit: 'dB',
    minimum: -90,
    maximum: 0,
    default: -50,
    curve: 'stepped',
    help: 'Quieter sounds are neither learned nor recognised.',
  }
  const node = number(info, (value) => store.run(setModel, store.model, 'gate', value))
  store.subscribe(() => node.show(store.model?.gate ?? info.default))
  return node
}

/** A labelled field for a number, which asks for a change and shows what came of it. */
function number(info, ask) {
  let shown = info.default
  const { minimum, maximum } = info
  const step = info.curve === 'stepped' ? 1 : 'any'
  const field = element('input', { type: 'number', min: minimum, max: maximum, step, on: { change } })
  const unit = element('span', { class: 'hint' })
  setText(unit, info.unit ?? '')
  const node = element('label', { class: 'number', title: info.help }, element('span', {}, info.label), field, unit)
  node.show = (value) => {
    shown = value
    if (document.activeElement !== field || field.valueAsNumber !== value) {
      field.value = String(Number(value.toPrecision(6)))
    }
  }
  return node

  function change() {
    const value = field.valueAsNumber
    field.valueAsNumber = shown
    if (Number.isFinite(value)) ask(Math.min(maximum, Math.max(minimum, value)))
  }
}
