import { element } from '/widgets/dom.js'

/** The sounds of an instrument that plays sounds, in its card; loaded with the first such card, null for all others. */
export function soundsDoor(store, hands, rack) {
  const slot = rack.slots.find(({ path }) => path.endsWith('/sound'))
  if (rack.kind !== 'instrument' || !slot) return null
  let show = () => {}
  const row = element('div', { class: 'sounds', role: 'group', 'aria-label': `Sounds of ${rack.name}` })
  store.attemptLater(async () => {
    const { soundsRow } = await import('./sounds-row.js')
    show = soundsRow(row, store, choose)
    show()
  })
  row.show = () => show()
  return row

  function choose(place) {
    const { starling } = store
    if (Math.round(starling.bus.value(slot.path)) !== place) hands.turn(slot, starling.position(slot, place), true)
  }
}
