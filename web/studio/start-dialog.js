import { button, element } from '/widgets/dom.js'

/**
 * The first thing seen: one large button, because browsers let pages sound only after a click. `start` begins the
 * sound; where it fails the page is there all the same, and says why.
 */
export function showStart(start) {
  const press = () => {
    dialog.close()
    start()
  }
  const dialog = element(
    'dialog',
    { class: 'start-dialog', 'aria-labelledby': 'start-title' },
    element('h2', { id: 'start-title' }, 'Play with what you hear'),
    element('p', {}, 'Make a sound, hold a pad, and Starling learns it as you go.'),
    button('Start', press, { class: 'start', autofocus: true }),
    element('p', { class: 'hint' }, 'It asks for the microphone. Nothing you do leaves this computer.'),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
