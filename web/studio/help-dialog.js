import { element } from '/widgets/dom.js'
import { showDialog } from './dialog.js'
import { singleKeys } from './shortcuts.js'

const keys = [
  ['1 … 9', 'hold: teach that pad; a tap chooses it'],
  ['Space', 'hold: teach the chosen pad'],
  ['Enter', 'on a pad: teaching on and off, without holding'],
  ['F2', 'on a pad: another name'],
  ['Delete', 'on a pad: delete it; on a knob: its default'],
  ['K', 'keep the selection, or the last 4 seconds, as the chosen pad'],
  ['O', 'the next output; with Shift the one before'],
  ['P', 'playing on and off'],
  ['F', 'the stage, and back; there 1 … 9 keep a pad’s sound and give it back'],
  ['← →', 'on the strip: move the selection; with Shift its start; Enter keeps it'],
  ['↑ ↓', 'on a knob: turn; with Shift finely; Page Up and Page Down coarsely'],
  ['← →', 'on a threshold or a line of a take: move it; with Shift finely; Delete: no threshold of its own'],
  ['↑ ↓', 'on a take: to its neighbours; Enter opens it'],
  ['H M X', 'on a take: hear it, mute it, mark it; Delete deletes it'],
  ['Ctrl+Z', 'undo; with Shift redo'],
  ['Ctrl+S', 'save a copy'],
  ['?', 'this help'],
]

const words =
  'Make a sound and hold a pad: that is teaching. It learns while you hold; nothing to start, nothing to wait for.'

/** Shows all keys, and lets single keys be switched off. */
export function openHelp() {
  const entries = keys.flatMap(([key, what]) => [
    element('dt', {}, element('kbd', {}, key)),
    element('dd', {}, what),
  ])
  const list = element('dl', { class: 'keys' }, ...entries)
  const change = () => {
    singleKeys.areOn = box.checked
  }
  const box = element('input', { type: 'checkbox', checked: singleKeys.areOn, on: { change } })
  const option = element('label', { class: 'check' }, box, 'Keys without Ctrl work everywhere on the page')
  showDialog('Keys', [element('p', {}, words), list, option], [{ label: 'Close', isMain: true }])
}
