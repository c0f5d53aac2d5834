import { button, element, keep, setText } from '/widgets/dom.js'
import { addRackSelect } from './add-rack.js'
import { chordCard } from './chord-card.js'
import { masterCard } from './master-card.js'
import { racks } from './parameters.js'
import { patternsDoor } from './patterns/door.js'
import { rackCard } from './rack-card.js'

/** Play: instruments, effects, pictures, the chord they hold, the volume; and what the player's hands are doing. */
export function playView(heading, root, store, hands, teaching) {
  heading.append(handsBar(store, hands, teaching))
  const cards = element('div', { class: 'cards' })
  root.append(cards, addRackSelect(store), ...patternsDoor(store), chordCard(store), masterCard(store, hands))
  store.subscribe(() => {
    keep(cards, racks(store), ({ id }) => id, (rack) => rackCard(store, hands, rack), (node, rack) => node.show(rack))
  })
}

/** Appears while turned knobs wait to be taught or given back. */
function handsBar(store, hands, teaching) {
  const keepSound = button('', () => teaching.storeSound(store.chosen), { class: 'quiet' })
  const letGo = button('Let go', () => hands.letGo(), { class: 'quiet' })
  const bar = element('span', { class: 'hands' }, keepSound, letGo)
  store.subscribe(() => {
    keepSound.hidden = !hands.hasNewSound || !store.chosen
    letGo.hidden = hands.held.size === 0
    setText(keepSound, `This sound for ${store.chosen?.name}`)
  })
  return bar
}
