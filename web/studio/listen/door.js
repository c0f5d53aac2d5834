import { button, element } from '/widgets/dom.js'

/** What can be done to listening beyond ticking features: loaded when it is asked for, or when the project has derived features. */
export function listenDoor(store) {
  const list = element('div')
  const derive = (source) => store.attemptLater(async () => (await import('./derive-dialog.js')).openDerive(store, { source }))
  const calibrate = () => store.attemptLater(async () => (await import('./calibrate-dialog.js')).openCalibrate(store))
  const settings = () => store.attemptLater(async () => (await import('./settings-dialog.js')).openSettings(store))
  const buttons = element('div', { class: 'row listen-tools' },
    button('Derive…', () => derive('loudness'), { class: 'quiet', title: 'Add a derived feature: smoothed, how fast it changes, over the last second' }),
    button('Calibrate…', calibrate, { class: 'quiet', title: 'Learn the range of your own playing' }),
    button('Settings…', settings, { class: 'quiet', title: 'Frame size, profile of the timbre, what counts as a beginning' }))
  let isLoaded = false
  store.subscribe(() => {
    if (isLoaded || Object.keys(store.document.derived).length === 0) return
    isLoaded = true
    store.attemptLater(async () => (await import('./derived-rows.js')).derivedRows(list, store))
  })
  return { nodes: [list, buttons], derive }
}
