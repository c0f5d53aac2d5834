import { element } from '/widgets/dom.js'
import { showDialog } from './dialog.js'

/** Begins a new project, after asking whether this one is to be kept. */
export function askBeforeNew(store, files) {
  const begin = () => store.attemptLater(() => store.starling.newProject())
  const saveAndBegin = async () => {
    await files.save()
    begin()
  }
  const words = 'The new project takes the place of this one. Save a copy first if you want to come back to it.'
  showDialog('Begin a new project?', [element('p', {}, words)], [
    { label: 'Cancel' },
    { label: 'Begin new', act: begin },
    { label: 'Save a copy, then begin', act: saveAndBegin, isMain: true },
  ])
}
