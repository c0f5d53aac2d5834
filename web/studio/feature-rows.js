import { button, element, keep, setText } from '/widgets/dom.js'
import { useFeature } from './commands.js'
import { listenPath } from './paths.js'

/** Features with more outputs than this are shown as bars side by side. */
const mostMeters = 2

/**
 * A row a feature of the catalogue: whether it feeds the model, what it measures now, and a way to derive from it. Few at first,
 * then the rest. `derive(output)` asks what is to be made of an output.
 */
export function featureRows(store, derive) {
  const { features } = store.starling.catalogue
  const more = features.filter(({ basic }) => !basic)
  const rest = element(
    'details',
    { open: more.some(({ name }) => isUsed(store, name)) },
    element('summary', {}, `${more.length} more features`),
    rows(store, more, derive),
  )
  const hint = element('p', { class: 'hint' })
  store.subscribe(() => {
    const whom = store.outputs.length > 1 ? store.model.name : 'the model'
    setText(hint, `What is ticked feeds ${whom}.`)
  })
  return element(
    'fieldset',
    { class: 'features' },
    element('legend', { class: 'unseen' }, 'Features that feed the model'),
    rows(store, features.filter(({ basic }) => basic), derive),
    rest,
    hint,
  )
}

const isUsed = ({ model }, name) => model?.inputs.includes(name) ?? false

function rows(store, features, derive) {
  const list = element('div')
  store.subscribe(() => {
    keep(list, features, ({ name }) => name, (feature) => row(store, feature, derive), (node, { name }) => {
      node.box.checked = isUsed(store, name)
      node.box.disabled = !store.model
      node.classList.toggle('off', !node.box.checked)
    })
  })
  return list
}

function row(store, feature, derive) {
  const count = feature.outputs.length
  const name = count > mostMeters ? `${feature.label} ×${count}` : feature.label
  const change = () => {
    const isWanted = box.checked
    // The box shows what the document says, not what was asked for.
    box.checked = !isWanted
    store.run(useFeature, store.model, feature, isWanted, store.starling.catalogue.features)
  }
  const box = element('input', { type: 'checkbox', on: { change } })
  const view = count > mostMeters ? bars(store, feature) : meter(store, feature)
  const node = element(
    'div',
    { class: 'feature', 'data-feature': feature.name, title: feature.help },
    element('label', {}, box, element('span', {}, name)),
    view,
    button('+', () => derive(feature.outputs[0].name), {
      class: 'quiet', ariaLabel: `Derive from ${feature.label}`, title: 'Smoothed, how fast it changes, over the last second …',
    }),
  )
  node.box = box
  return node
}

function meter({ starling, frame }, feature) {
  const path = listenPath(feature.outputs[0].name)
  const view = element('starling-meter', { label: feature.label, class: 'unlabelled' })
  frame.paint(() => {
    view.position = starling.bus.position(path)
  })
  frame.write(() => {
    view.text = starling.running ? starling.bus.text(path) : ''
  })
  return view
}

function bars({ starling, frame }, feature) {
  const paths = feature.outputs.map(({ name }) => listenPath(name))
  const positions = new Float32Array(paths.length)
  const view = element('starling-bars', { label: `${feature.label} now` })
  frame.paint(() => {
    for (let i = 0; i < paths.length; i += 1) positions[i] = starling.bus.position(paths[i])
    view.draw(positions)
  })
  return view
}
