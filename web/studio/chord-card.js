import { element } from '/widgets/dom.js'
import { chords } from './chords.js'
import { holdNotes } from './commands.js'

/** The chord an instrument holds while playing is on: chosen by name, or key by key. */
export function chordCard(store) {
  const all = () => store.starling.ordered('instruments')
  const whose = element('select', { class: 'presets', 'aria-label': 'Whose notes', on: { change: () => store.changed() } })
  const instrument = () => all().find(({ id }) => id === whose.value) ?? all()[0]
  const hold = (notes) => store.run(holdNotes, instrument().id, notes)
  const change = () => {
    hold(chords[Number(select.value)].notes)
    store.changed()
  }
  const select = element('select', { class: 'presets', 'aria-label': 'Chord', on: { change } })
  const keys = element(
    'starling-keys',
    { label: 'Held notes', on: { 'keys-change': ({ detail }) => hold(detail.notes) } },
  )
  const card = element('div', { class: 'card chord' }, element('h3', {}, 'Held notes', whose, select), keys)
  store.subscribe(() => {
    card.hidden = !instrument()
    if (card.hidden) return
    showInstruments(whose, all(), instrument().id)
    const { notes = [] } = instrument()
    keys.notes = notes
    showChord(select, notes)
  })
  return card
}

/** There is nothing to choose where there is one instrument only. */
function showInstruments(select, instruments, chosen) {
  select.hidden = instruments.length < 2
  const shown = JSON.stringify(instruments.map(({ id, name }) => [id, name]))
  if (select.dataset.shown === shown) return
  select.dataset.shown = shown
  select.replaceChildren(...instruments.map(({ id, name, kind }) => element('option', { value: id }, name || kind)))
  select.value = chosen
}

function showChord(select, notes) {
  const known = chords.findIndex((chord) => chord.notes.join() === notes.join())
  const options = chords.map(({ label }, index) => element('option', { value: String(index) }, label))
  const own = element('option', { value: 'own', hidden: true }, notes.length > 0 ? 'Your own' : 'Silence')
  select.replaceChildren(own, ...options)
  select.value = known < 0 ? 'own' : String(known)
}
