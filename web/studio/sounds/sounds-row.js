import { button, element, setAttribute, setText } from '/widgets/dom.js'
import { numberField } from '../number-field.js'
import { removeSound, renameSound, setLoop, setRoot } from './sound-commands.js'

const placeCount = 8
const longestMoment = 10

/**
 * Eight places for sounds: to load a file or take the last seconds into, to name, to hear, to remove.
 * @param {HTMLElement} row
 * @param {import('../store.js').Store} store
 * @param {(place: number) => void} choose lets the instrument play a place
 * @returns {() => void} shows what there is now
 */
export function soundsRow(row, store, choose) {
  const { starling } = store
  let hearing = null
  const place = () => Number(places.value)
  const sound = () => starling.ordered('sounds').find((record) => record.place === place())

  const change = () => {
    choose(place())
    store.changed()
  }
  const places = element('select', { class: 'presets', 'aria-label': 'Place of the sound', on: { change } })
  const rename = () => sound() && name.value.trim() && store.run(renameSound, sound(), name.value.trim())
  const name = element('input', { class: 'text-field', maxLength: 60, 'aria-label': 'Name of the sound', on: { change: rename } })
  const root = numberField({ label: 'Root note', minimum: 0, maximum: 127 }, (value) => store.run(setRoot, sound(), value))
  const loop = ['from', 'to'].map((field) => numberField(
    { label: `Loop ${field}, in seconds`, minimum: 0, maximum: 3600 }, (value) => store.run(setLoop, sound(), field, value > 0 ? value : null),
  ))
  const seconds = numberField({ label: 'How many of the last seconds', minimum: 0.1, maximum: longestMoment }, (value) => seconds.show(value))
  seconds.show(4)

  const load = button('Load…', pick, { class: 'quiet edge' })
  const take = button('Take the last', keep, { class: 'quiet edge' })
  const hear = button('Hear', toggleHearing, { class: 'quiet edge' })
  const remove = button('Remove', erase, { class: 'quiet edge' })
  const about = [hear, name, labelled('root note', root), labelled('loop', loop[0]), labelled('to', loop[1]), remove]
  const hint = element('span', { class: 'hint' }, 'Empty: a sung tone plays. Drop a sound file here, or take what was just heard.')
  row.append(
    element('div', { class: 'row' }, element('b', {}, 'Sounds'), places, load, take, labelled('', seconds, 's')),
    element('div', { class: 'row' }, ...about, hint),
  )
  dropsInto(row, put)
  return show

  function show() {
    const records = new Map(starling.ordered('sounds').map((record) => [record.place, record]))
    const titles = Array.from({ length: placeCount }, (_, index) => `${index + 1} ${records.get(index + 1)?.name ?? '–'}`)
    if (places.dataset.shown !== titles.join('\n')) {
      const chosen = places.value || '1'
      places.dataset.shown = titles.join('\n')
      places.replaceChildren(...titles.map((title, index) => element('option', { value: String(index + 1) }, title)))
      places.value = chosen
    }
    const present = sound()
    for (const node of about) node.hidden = !present
    hint.hidden = Boolean(present)
    if (!present) return
    if (document.activeElement !== name) name.value = present.name
    root.show(present.root)
    loop[0].show(present.from ?? 0)
    loop[1].show(present.to ?? 0)
    setText(hear, hearing ? 'Stop' : 'Hear')
    setAttribute(remove, 'aria-label', `Remove ${present.name}`)
  }

  function pick() {
    const field = element('input', { type: 'file', accept: 'audio/*,.wav', on: { change: () => field.files[0] && put(field.files[0]) } })
    field.click()
  }

  function put(file) {
    return store.attemptLater(async () => {
      choose(place())
      await starling.loadSound(place(), file)
      said()
    })
  }

  function keep() {
    choose(place())
    if (store.attempt(() => starling.keepSound(place(), { seconds: seconds.valueAsNumber, name: 'From the microphone' }))) said()
  }

  function said() {
    store.changed()
    store.sayUndoable(`“${sound()?.name}” is in place ${place()}.`)
  }

  function toggleHearing() {
    if (hearing) return hearing.stop()
    store.attempt(() => {
      hearing = starling.hearSound(sound().id)
      hearing.ended.then(() => {
        hearing = null
        store.changed()
      })
    })
    store.changed()
  }

  function erase() {
    const { name: gone } = sound()
    if (!store.run(removeSound, sound())) return
    load.focus()
    store.sayUndoable(`“${gone}” was removed.`)
  }
}

const labelled = (before, field, after = '') => element('label', { class: 'hint' }, before && `${before} `, field, after && ` ${after}`)

// Not the page's own drop, which listens to the file.
function dropsInto(row, put) {
  row.addEventListener('dragover', (event) => {
    event.preventDefault()
    row.classList.add('dropping')
  })
  row.addEventListener('dragleave', () => row.classList.remove('dropping'))
  row.addEventListener('drop', (event) => {
    event.preventDefault()
    event.stopPropagation()
    row.classList.remove('dropping')
    if (event.dataTransfer.files[0]) put(event.dataTransfer.files[0])
  })
}
