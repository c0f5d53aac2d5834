import { button, element, setText } from '/widgets/dom.js'
import { renameProject } from './commands.js'
import { projectMenu } from './project-menu.js'
import { ago, duration, percent } from './words.js'

const notShared = 'This page is not isolated, so numbers are copied instead of shared: meters may lag a little.'

/** The header: the project's name, whether it is saved, the figures of health, undo, redo and the menu. */
export function headerView(root, store, files, start) {
  const { starling } = store
  const name = nameField(store)
  const saved = element('span', { class: 'figures saved' })
  const health = healthFigures(store)
  const undo = button('↶', () => store.undo(), { class: 'icon' })
  const redo = button('↷', () => store.redo(), { class: 'icon' })
  const sound = button('Start the sound', start, { class: 'button main' })
  root.append(
    name,
    saved,
    element('span', { class: 'space' }),
    sound,
    health,
    element('span', { class: 'buttons' }, undo, redo, projectMenu(store, files)),
  )

  store.subscribe(() => {
    const title = store.document.project?.project?.name ?? 'Untitled'
    if (document.activeElement !== name) name.value = title
    name.size = Math.max(6, Math.min(30, title.length))
    document.title = `${title} – Starling`
    nameButton(undo, 'Undo', starling.undoName, 'Ctrl+Z')
    nameButton(redo, 'Redo', starling.redoName, 'Ctrl+Shift+Z')
  })
  store.frame.write(() => {
    setText(saved, savedWords(starling.saved))
    sound.hidden = starling.running
  })
}

function nameField(store) {
  const change = () => store.run(renameProject, field.value.trim() || 'Untitled')
  const keydown = ({ key }) => {
    if (key === 'Enter' || key === 'Escape') field.blur()
  }
  const field = element('input', {
    class: 'project-name',
    'aria-label': 'Name of the project',
    maxLength: 60,
    spellcheck: false,
    on: { change, keydown },
  })
  return field
}

function nameButton(node, verb, what, keys) {
  const label = what ? `${verb}: ${what}` : `Nothing to ${verb.toLowerCase()}`
  node.disabled = !what
  node.title = `${label} (${keys})`
  node.setAttribute('aria-label', label)
}

function savedWords({ state, secondsAgo, where }) {
  if (state === 'saved') return secondsAgo === null ? `saved on ${where}` : `saved on ${where} · ${ago(secondsAgo)}`
  if (state === 'saving') return 'saving …'
  if (state === 'failed') return 'not saved: save a copy'
  return 'not saved in this browser: save a copy'
}

/** The figures of health, while there is sound. */
export function healthFigures({ starling, frame }) {
  const figures = ['dropouts', 'delay', 'load'].map((label) => ({ label, value: element('b') }))
  const [dropouts, delay, load] = figures.map(({ value }) => value)
  const words = figures.flatMap(({ label, value }, index) => [index > 0 && ' · ', `${label} `, value])
  const about = { class: 'figures health', role: 'group', 'aria-label': 'Health of the sound' }
  const root = element('span', about, ...words)
  frame.write(() => {
    const health = starling.health
    setText(dropouts, health.counted ? String(health.dropouts) : 'not counted by this browser')
    setText(delay, duration(health.delaySeconds))
    setText(load, percent(health.load))
    root.hidden = !starling.running
    dropouts.className = !health.counted ? 'unknown' : health.dropouts > 0 ? 'bad' : ''
    load.className = health.load > 0.5 ? 'bad' : ''
    root.title = health.memory === 'shared' ? '' : notShared
  })
  return root
}
