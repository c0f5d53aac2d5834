import { button, element, setText } from '/widgets/dom.js'
import { noteName } from '/widgets/keys.js'
import { setPadNote } from './commands.js'

const lowestNote = 36
const highestNote = 84

/** What can be done with the chosen pad; `edit`, `remove` take a pad, `add` makes another. */
export function padBar(store, teaching, { edit, remove, add }) {
  const name = element('b')
  const action = (label, title, act) => button(label, () => act(store.chosen), { class: 'quiet', title })
  const note = noteSelect(store)
  const sound = action('', 'The knobs as they are become this pad’s own', (pad) => teaching.storeSound(pad))
  const own = element(
    'span',
    { class: 'own' },
    name,
    sound,
    action('Rename', 'F2, or a double click on the pad', edit),
    element('label', { class: 'inline', title: 'A note that starts when this pad is recognised' }, 'Plays ', note),
    action('Delete', 'With its takes; can be undone', (pad) => remove(store, pad)),
  )
  const more = button('+ Add a pad', add, { class: 'quiet' })
  store.subscribe(() => {
    const pad = store.chosen
    own.hidden = !pad
    more.disabled = !store.model
    if (!pad) return
    setText(name, pad.name)
    setText(sound, store.knobs.length > 0 ? 'These knobs' : 'This sound')
    note.value = pad.note === undefined || pad.note === null ? '' : String(pad.note)
  })
  return element('div', { class: 'pad-bar', role: 'group', 'aria-label': 'Chosen pad' }, own, more)
}

function noteSelect(store) {
  const change = () => {
    store.run(setPadNote, store.chosen, select.value === '' ? null : Number(select.value))
    store.changed()
  }
  const select = element('select', { on: { change } }, element('option', { value: '' }, 'no note'))
  for (let note = lowestNote; note <= highestNote; note += 1) {
    select.append(element('option', { value: String(note) }, noteName(note)))
  }
  return select
}
