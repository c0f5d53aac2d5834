import { element } from '/widgets/dom.js'
import { meterPath, volumePath } from './paths.js'
import { knobFor } from './rack-card.js'

/** The volume behind everything, and how loud it is. */
export function masterCard(store, hands) {
  const { starling, frame } = store
  const slot = starling.slots.find(({ path }) => path === volumePath)
  const meter = element('starling-meter', { label: 'Output' })
  meter.color = 'var(--play)'
  frame.paint(() => {
    meter.position = starling.bus.position(meterPath)
  })
  frame.write(() => {
    meter.text = starling.running ? starling.bus.text(meterPath) : ''
  })
  return element('div', { class: 'card master' }, slot && knobFor(store, hands, slot), meter)
}
