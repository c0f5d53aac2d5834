import { button, element, setText } from '/widgets/dom.js'
import { padSelect } from './pad-select.js'
import { deleteTakes, labelTakes, moveTakes, muteTakes } from './take-commands.js'
import { counted } from '../words.js'

/** What can be done with all marked takes at once; there only while some are marked. */
export function markBar(store) {
  const count = element('b', { role: 'status' })
  const marked = () => store.picks.marked
  const action = (label, act) => button(label, act, { class: 'quiet edge' })
  const mute = action('Mute', () => store.run(muteTakes, marked(), isAnyUsed()))
  const isAnyUsed = () => marked().some(({ muted }) => !muted)
  const remove = action('Delete', () => {
    const takes = marked()
    if (store.run(deleteTakes, takes)) store.sayUndoable(`${counted(takes.length, 'take')} deleted.`)
  })
  const move = padSelect(store, 'Move to', 'own', (pad) => store.run(moveTakes, marked(), pad))
  const also = padSelect(store, 'Also for', 'others', (pad) => store.run(labelTakes, marked(), pad))
  const bar = element('div', { class: 'row mark-bar', role: 'group', 'aria-label': 'Marked takes' }, count, mute, move, also, remove, action('None', () => store.picks.clear()))
  store.subscribe(() => {
    const takes = marked()
    bar.hidden = takes.length === 0
    if (bar.hidden) return
    move.show()
    also.show()
    setText(count, `${takes.length} marked`)
    setText(mute, isAnyUsed() ? 'Mute' : 'Use again')
  })
  return bar
}
