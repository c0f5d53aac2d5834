import '/widgets/wave.js'
import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { takeEditor } from './take-editor.js'
import { deleteTakes, muteTakes } from './take-commands.js'
import { counted } from '../words.js'

/** Pictures of takes are made once their rows come into sight. */
const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) target.seen()
})

/** One take: marked, opened and heard by its buttons; opened, its curves are below. */
export function takeRow(store, tools, id) {
  const box = element('input', { type: 'checkbox', on: { change: () => store.picks.mark([id], box.checked) } })
  const wave = element('starling-wave')
  const name = element('b')
  const facts = element('span', { class: 'hint' })
  const open = button(wave, () => toggle(), { class: 'take-open' })
  open.append(element('span', {}, name, facts))
  const hear = button('▶', () => tools.hearing.toggle(id), { class: 'icon hear' })
  const head = element('div', { class: 'take-head', on: { keydown: (event) => act(event) } }, box, open, hear)
  const node = element('li', { class: 'take' }, head)
  let take = null
  let editor = null

  const toggle = () => {
    store.picks.open = store.picks.open === id ? null : id
  }
  node.seen = async () => {
    sight.unobserve(node)
    wave.sound = (await store.attemptLater(() => tools.data.picture(take))) ?? null
  }
  node.show = (shown, { color, pad }) => {
    take = shown
    const isOpen = store.picks.open === id
    const isHeard = tools.hearing.isOn(id)
    wave.color = color
    wave.part = { from: (take.from ?? 0) / take.seconds, to: (take.to ?? take.seconds) / take.seconds }
    setText(name, take.title)
    setText(facts, takeWords(store, take))
    node.classList.toggle('muted', take.muted === true)
    box.checked = store.picks.has(id)
    setAttribute(box, 'aria-label', `Mark ${take.title} of ${pad.name}`)
    setAttribute(open, 'aria-label', `${take.title} of ${pad.name}, ${takeWords(store, take)}`)
    setAttribute(open, 'aria-expanded', isOpen)
    setText(hear, isHeard ? '■' : '▶')
    setAttribute(hear, 'aria-label', `${isHeard ? 'Stop' : 'Hear'} ${take.title} of ${pad.name}`)
    hear.disabled = !take.sound
    showEditor(isOpen)
    if (store.picks.isWanted(id)) store.frame.settle(() => focus())
  }
  sight.observe(node)
  return node

  function showEditor(isOpen) {
    if (isOpen) editor ??= takeEditor(store, tools, id, () => removeTake(store, node, take))
    if (isOpen && !editor.isConnected) node.append(editor)
    if (isOpen) tools.editor = editor
    if (isOpen) editor.show(take)
    else editor?.remove()
  }

  function focus() {
    node.scrollIntoView({ block: 'nearest' })
    open.focus()
  }

  function act({ key, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return
    const acts = {
      h: () => take.sound && tools.hearing.toggle(id),
      m: () => store.run(muteTakes, [take], !take.muted),
      x: () => store.picks.mark([id], !store.picks.has(id)),
      Delete: () => removeTake(store, node, take),
    }
    acts[key.length === 1 ? key.toLowerCase() : key]?.()
  }
}

function takeWords({ counts }, take) {
  const from = take.from ?? 0
  const words = [`${((take.to ?? take.seconds) - from).toFixed(1)} s`]
  words.push(take.muted ? 'muted' : counted(counts.ofTake.get(take.id) ?? 0, 'example'))
  if (take.label) words.push('from another output')
  return words.join(', ')
}

/** Deletes a take; the focus goes to its neighbour. */
function removeTake(store, node, take) {
  const neighbour = node.nextElementSibling ?? node.previousElementSibling
  if (!store.run(deleteTakes, [take])) return
  store.sayUndoable(`${take.title} was deleted.`)
  store.frame.settle(() => neighbour?.querySelector('.take-open')?.focus())
}
