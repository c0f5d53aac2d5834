import { element } from '/widgets/dom.js'
import { freshId } from './changes.js'
import { addRack } from './commands.js'

const groups = { instruments: 'Instruments', effects: 'Effects', visuals: 'Pictures' }
const gallery = 'gallery'

/** A list of the instruments, effects and pictures that are not in the project yet; choosing one adds it. */
export function addRackSelect(store) {
  const { catalogue } = store.starling
  const change = () => {
    const [table, name] = select.value.split('/')
    select.value = ''
    if (table === gallery) showGallery(store)
    else add(store, table, catalogue[table].find((info) => info.name === name))
  }
  const label = 'Add an instrument or effect, or a picture'
  const select = element('select', { class: 'add-rack quiet', 'aria-label': label, on: { change } })
  store.subscribe(() => {
    const lists = Object.keys(groups).map((table) => [table, missing(store, table)])
    // Built anew only where it differs: somebody may be choosing.
    const shown = lists.flatMap(([, infos]) => infos.map(({ name }) => name)).join()
    if (select.dataset.shown === shown) return
    select.dataset.shown = shown
    const shownGroups = lists.map(([table, infos]) => group(table, infos))
    select.replaceChildren(element('option', { value: '' }, 'Add…'), ...shownGroups.filter(Boolean))
    select.hidden = select.options.length < 2
  })
  return select
}

/** There is one of each kind: its parameters are slots of the bus. */
function missing({ starling }, table) {
  const present = new Set(starling.ordered(table).map(({ kind }) => kind))
  return starling.catalogue[table].filter(({ name }) => !present.has(name))
}

function group(table, infos) {
  if (infos.length === 0) return null
  const options = infos.map(({ name, label, help }) => element('option', { value: `${table}/${name}`, title: help }, label))
  if (table === 'visuals') options.push(element('option', { value: gallery }, 'Look at them…'))
  return element('optgroup', { label: groups[table] }, ...options)
}

/** The pictures that are not in the project yet, to be seen before one is chosen. */
function showGallery(store) {
  store.attemptLater(async () => {
    const { openGallery } = await import('./gallery-dialog.js')
    openGallery(missing(store, 'visuals'), (info) => add(store, 'visuals', info))
  })
}

/** A new instrument holds the chord of the first one, so that it is heard; the drums do not. */
function add(store, table, info) {
  const notes = info.name === 'drums' ? [] : store.starling.ordered('instruments')[0]?.notes ?? []
  store.run(addRack, table, info, freshId(info.name), { playing: store.starling.playing, notes })
  store.changed()
}
