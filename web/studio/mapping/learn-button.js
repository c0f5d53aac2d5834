import { element, button, setText } from '/widgets/dom.js'
import { slotName } from '../slot-names.js'
import { slotAt } from './ends.js'
import { chooseSource } from './mapping-commands.js'
import { mostMoved, rangeOf } from './moved.js'

/** So long a source may be moved, unless the button is pressed again. */
const seconds = 3

/** Learns the source of a mapping: whatever moves most while the button is on. */
export function learnButton(store, id) {
  const { starling } = store
  const words = element('span', { class: 'hint', role: 'status' })
  const press = () => (timer ? finish() : begin())
  const node = button('Learn', press, { class: 'quiet', 'aria-pressed': 'false', title: 'Move or sound what is to be the source' })
  let timer = 0
  let begun = 0
  return element('span', { class: 'learn-source' }, node, words)

  function begin() {
    if (!starling.running) {
      store.notices.say('warning', 'Start the sound first: then sources can be heard moving.')
      return
    }
    begun = performance.now()
    timer = setTimeout(finish, 1000 * seconds)
    node.ariaPressed = 'true'
    setText(words, 'Make the sound now, or move the control.')
  }

  function finish() {
    clearTimeout(timer)
    timer = 0
    node.ariaPressed = 'false'
    const passed = Math.max(0.3, (performance.now() - begun) / 1000)
    const path = mostMoved(starling, passed)
    if (!path || !starling.document.mappings[id]) {
      setText(words, 'Nothing has moved.')
      return
    }
    const isNote = starling.document.mappings[id].destination.endsWith('/note')
    store.run(chooseSource, id, path, isNote ? {} : rangeOf(starling, path, passed) ?? {})
    setText(words, `${slotName(starling, slotAt(starling, path))} moved most.`)
  }
}
