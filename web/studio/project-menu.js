import { button, element } from '/widgets/dom.js'
import { openHelp } from './help-dialog.js'
import { askBeforeNew } from './new-dialog.js'

/** The menu button with what concerns the project as a whole. */
export function projectMenu(store, files) {
  const menu = element(
    'div',
    { id: 'project-menu', class: 'menu', popover: 'auto' },
    item('New', '', () => askBeforeNew(store, files)),
    item('Open…', '', () => files.open()),
    item('Ready projects…', '', () => openReady(store)),
    item('Save a copy', 'Ctrl+S', () => files.save()),
    item('Keys and help', '?', openHelp),
  )
  menu.addEventListener('click', () => menu.hidePopover())
  const opener = element('button', { type: 'button', class: 'button', popovertarget: menu.id }, 'Project')
  return element('span', {}, opener, menu)
}

/** Loaded when it is asked for. */
function openReady(store) {
  return store.attemptLater(async () => (await import('./ready-dialog.js')).openReadyProjects(store))
}

function item(label, keys, act) {
  const entry = button(label, act)
  if (keys) entry.append(element('kbd', { 'aria-hidden': 'true' }, keys))
  return entry
}
