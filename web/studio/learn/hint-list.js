import { button, element, keep, setText } from '/widgets/dom.js'

/** Of more hints than this the first are shown, until all are asked for. */
const mostAtFirst = 2

/** What training has noticed, each with a button that leads to what it concerns. */
export function hintList(store) {
  let isWhole = false
  const list = element('ul', { class: 'hints' })
  const more = button('', () => {
    isWhole = !isWhole
    store.changed()
  }, { class: 'quiet' })
  const root = element('div', {}, list, more)
  store.subscribe(() => {
    const hints = store.learning?.hints ?? []
    const shown = isWhole ? hints : hints.slice(0, mostAtFirst)
    root.hidden = hints.length === 0
    more.hidden = hints.length <= mostAtFirst
    setText(more, isWhole ? 'Fewer hints' : `${hints.length - mostAtFirst} more`)
    more.setAttribute('aria-expanded', isWhole)
    keep(list, shown, ({ kind, text }) => `${kind} ${text}`, () => item(store), (node, hint) => node.show(hint))
  })
  return root
}

function item(store) {
  let hint = null
  const text = element('span')
  const go = button('Show', () => goTo(store, hint), { class: 'quiet edge' })
  const node = element('li', {}, text, go)
  node.show = (shown) => {
    hint = shown
    setText(text, hint.text)
    go.hidden = !placeOf(store, hint)
    go.setAttribute('aria-label', `Show what this concerns: ${hint.text}`)
  }
  return node
}

/** What a hint concerns first of all, of what is there; null where there is nothing to show. */
function placeOf({ document: { takes, categories }, starling: { catalogue } }, hint) {
  const take = hint.takes.find((id) => takes[id])
  const column = hint.features[0]
  const feature = catalogue.features.find(({ outputs }) => outputs.some(({ name }) => name === column))
  const pad = hint.categories.find((id) => categories[id])
  if (take) return { kind: 'take', id: take }
  if (feature) return { kind: 'feature', id: feature.name }
  return pad ? { kind: 'pad', id: pad } : null
}

function goTo(store, hint) {
  const { kind, id } = placeOf(store, hint)
  if (kind === 'take') {
    store.show('examples')
    store.picks.find(id)
  } else if (kind === 'pad') {
    store.show('teach')
    store.choose(id)
    store.frame.settle(() => document.querySelector('starling-pad[data-chosen]')?.focus())
  } else {
    document.querySelector(`[data-feature="${CSS.escape(id)}"] input`)?.focus()
  }
}
