import { button, element } from '/widgets/dom.js'
import { showDialog } from './dialog.js'

const list = new URL('/examples/examples.json', import.meta.url)

/** Shows the ready projects; one that is chosen takes the place of the present project. */
export function openReadyProjects(store) {
  return store.attemptLater(async () => {
    const projects = await (await fetch(list)).json()
    const words = 'Each is an instrument that has been taught already. It takes the place of this project: save a copy of yours first if you want to come back to it.'
    const entries = projects.map((project) => entry(project, () => {
      dialog.close()
      open(store, project)
    }))
    const dialog = showDialog('Ready projects', [element('p', {}, words), element('ul', { class: 'ready-projects' }, ...entries)], [{ label: 'Close' }])
    entries[0]?.querySelector('button').focus()
  })
}

function entry({ title, words }, choose) {
  return element('li', {}, button(title, choose, { class: 'button' }), element('span', {}, words))
}

function open(store, { file, title }) {
  const { starling, notices } = store
  return store.attemptLater(async () => {
    const response = await fetch(file)
    if (!response.ok) throw new Error(`The project ${title} is not there. Reload the page.`)
    starling.importProject(new Uint8Array(await response.arrayBuffer()))
    notices.say('done', `Opened ${title}.`)
  })
}
