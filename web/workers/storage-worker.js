/**
 * Keeps everything at once in the browser's own storage: each command, blob and part of a take as it comes.
 *
 * Messages in: `open` { module: document.wasm }, `record` { records, ticket }, `replace` { document, blobs, ticket }.
 * Messages out: `opened` { document, blobs, recovered, message } (document null if nothing was kept), `saved`
 * { ticket } when all up to this one is safe on the disk, `state` { state }, `notice` { kind, message }.
 */
import { EngineInstance } from '../shared/abi.js'
import { DatabaseShelf } from './database-shelf.js'
import { Journal } from './journal.js'
import { OriginShelf } from './origin-shelf.js'
import { recover } from './recovery.js'

const otherTab =
  'Starling is open in another tab or window, and only that one saves. Close it and reload to save here too, or export the project.'
const noStorage =
  'This browser gives the page no storage (a private window, perhaps). Export the project before you close the page.'

// After a reload the page before takes a moment to let go.
const lockMilliseconds = 700

let journal = null

const handlers = {
  async open({ module }) {
    const shelf = (await OriginShelf.open()) ?? (await DatabaseShelf.open())
    const engine = new EngineInstance(module)
    const isAlone = await holdsLock()
    const recovered = shelf && (await recover(engine, shelf))
    self.postMessage({ type: 'opened', ...(recovered ?? { document: null, blobs: [] }) })
    if (!shelf) return notSaving(noStorage)
    if (!isAlone) return notSaving(otherTab)
    journal = new Journal(engine, shelf, (message) => self.postMessage(message))
    if (recovered) await journal.resume(recovered)
  },
  record: ({ records, ticket }) => journal?.record(records, ticket),
  replace: ({ document, blobs, ticket }) => journal?.replace(document, blobs, ticket),
}

// One after the other: a record may not overtake the opening.
let last = Promise.resolve()
self.onmessage = ({ data }) => {
  last = last.then(() => handlers[data.type](data)).catch(({ message }) => notSaving(message))
}

function notSaving(message) {
  self.postMessage({ type: 'state', state: 'none' })
  self.postMessage({ type: 'notice', kind: 'warning', message })
}

/** True for the first tab; it keeps the lock as long as it lives. */
function holdsLock() {
  if (!navigator.locks) return true
  return new Promise((resolve) => {
    const hold = () => {
      resolve(true)
      return new Promise(() => {})
    }
    const giveUp = AbortSignal.timeout(lockMilliseconds)
    navigator.locks.request('starling-journal', { signal: giveUp }, hold).catch(() => resolve(false))
  })
}
