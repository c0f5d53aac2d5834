import { element } from '/widgets/dom.js'
import { offer } from '../slot-names.js'
import { presetValues, racks, soundNow } from '../parameters.js'
import { setPointSound } from './plane-commands.js'

/** What a point sounds like: as it is now, as a pad, or as a preset of an instrument or effect. */
export function pointSoundSelect(store, point) {
  const change = () => {
    const { sound, name } = sounds(store).flatMap(({ entries }) => entries).find(({ key }) => key === select.value)
    store.run(setPointSound, point(), sound(), name)
    store.changed()
  }
  const select = element('select', { 'aria-label': 'Sound of the point', on: { change } })
  select.show = ({ category }) => {
    const groups = sounds(store)
    const make = () => [
      element('option', { value: '', hidden: true }, 'A sound of its own'),
      ...groups.map(({ label, entries }) => element('optgroup', { label },
        ...entries.map(({ key, text }) => element('option', { value: key }, text)))),
    ]
    offer(select, JSON.stringify(groups), make, category ? `pad ${category}` : '')
  }
  return select
}

/** All sounds there are, each as a function that gives it; one that has a name gives it to the point. */
function sounds(store) {
  const pads = store.outputs.flatMap(({ id }) => store.starling.ordered('categories', { model: id }))
  const ofPads = pads.map(({ id, name }) => ({ key: `pad ${id}`, text: name, name, sound: () => ({ category: id }) }))
  const ofRacks = racks(store).filter(({ info }) => info.presets?.length).map(({ name, info }) => ({
    label: name,
    entries: info.presets.map((preset) => ({
      key: `${info.name} ${preset.name}`, text: preset.label, name: preset.label,
      sound: () => ({ values: presetValues(info, preset) }),
    })),
  }))
  const now = { key: 'now', text: 'The present sound', sound: () => ({ values: soundNow(store) }) }
  return [{ label: 'Now', entries: [now] }, { label: 'Pads', entries: ofPads }, ...ofRacks].filter(({ entries }) => entries.length > 0)
}
