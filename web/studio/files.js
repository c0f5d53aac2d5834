import { counted } from './words.js'

/**
 * Projects and sounds as files: opening, saving, dropping onto the page.
 */
export class Files {
  #store

  constructor(store) {
    this.#store = store
    addEventListener('dragover', (event) => event.preventDefault())
    addEventListener('drop', (event) => {
      event.preventDefault()
      for (const file of event.dataTransfer.files) this.take(file)
    })
  }

  /** Asks for a project file and opens it. */
  open() {
    pick('.starling,application/zip', (file) => this.#import(file))
  }

  /** Asks for a sound file and listens to it. */
  pickSound() {
    pick('audio/*', (file) => this.#listen(file))
  }

  /** Takes a file of either kind. */
  take(file) {
    return file.name.endsWith('.starling') ? this.#import(file) : this.#listen(file)
  }

  /** Hands the project to the player as a file. */
  save() {
    const { starling, notices, document: project } = this.#store
    return this.#store.attemptLater(async () => {
      const bytes = await starling.exportProject()
      const name = `${fileName(project.project?.project?.name)}.starling`
      download(new Blob([bytes], { type: 'application/zip' }), name)
      notices.say('done', `Saved a copy as ${name}, where your browser puts downloads.`)
    })
  }

  /** Hands the output's examples to the player as CSV. */
  exportExamples() {
    const { starling, model, notices } = this.#store
    return this.#store.attemptLater(async () => {
      const name = `${fileName(model.name)}.csv`
      download(new Blob([await starling.exportExamples(model.id)], { type: 'text/csv' }), name)
      notices.say('done', `Saved the examples as ${name}, where your browser puts downloads.`)
    })
  }

  /** Asks for a CSV file and adds its examples to the output's. */
  importExamples() {
    const { starling, model } = this.#store
    pick('.csv,text/csv', (file) => this.#store.attemptLater(async () => {
      const count = await starling.importExamples(model.id, new Uint8Array(await file.arrayBuffer()))
      this.#store.sayUndoable(`${counted(count, 'take')} came from ${file.name}.`)
    }))
  }

  #import(file) {
    const { starling, notices } = this.#store
    return this.#store.attemptLater(async () => {
      await starling.importProject(new Uint8Array(await file.arrayBuffer()))
      notices.say('done', `Opened ${file.name}.`)
    })
  }

  #listen(file) {
    return this.#store.attemptLater(() => this.#store.starling.listen(file))
  }
}

function fileName(name) {
  return (name ?? '').replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim() || 'project'
}

function pick(accept, take) {
  const field = document.createElement('input')
  field.type = 'file'
  field.accept = accept
  field.addEventListener('change', () => {
    if (field.files[0]) take(field.files[0])
  })
  field.click()
}

function download(blob, name) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
