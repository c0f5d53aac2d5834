import { button, element } from '/widgets/dom.js'

/**
 * Shows a modal dialog and removes it when it closes. `buttons` are `{ label, act, isMain }`; all close it.
 */
export function showDialog(title, content, buttons) {
  const heading = element('h2', { id: 'dialog-title' }, title)
  const row = buttons.map(({ label, act, isMain = false }) => {
    const press = () => {
      dialog.close()
      act?.()
    }
    return button(label, press, { class: isMain ? 'button main' : 'button', autofocus: isMain })
  })
  const dialog = element(
    'dialog',
    { 'aria-labelledby': heading.id },
    heading,
    ...content,
    element('div', { class: 'row end' }, ...row),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}
