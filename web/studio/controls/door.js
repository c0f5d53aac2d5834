import { button, element } from '/widgets/dom.js'

/** OSC and MIDI, below the microphone: loaded when it is asked for, or when the project has controls or sends. */
export function controlsDoor(listen, play, store) {
  const connect = button('Connect…', open, { class: 'quiet' })
  const card = element('div', { class: 'card controls' }, element('h3', {}, 'OSC and MIDI', connect))
  let isOpen = false
  listen.append(card)
  store.subscribe(() => {
    const { controls, sends } = store.document
    if (!isOpen && Object.keys(controls).length + Object.keys(sends).length > 0) open()
  })

  async function open() {
    if (isOpen) return
    isOpen = true
    await store.attemptLater(async () => {
      const [{ controlsCard }, { sendCard }, controls] = await Promise.all([
        import('./controls-card.js'), import('./send-card.js'), store.starling.controls(),
      ])
      const hadFocus = document.activeElement === connect
      connect.remove()
      controlsCard(card, store, controls, hadFocus)
      play.append(sendCard(store, controls))
    })
    isOpen = !connect.isConnected
  }
}
