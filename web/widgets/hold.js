/**
 * Makes a button something to hold: by mouse, by finger, by Space; and for whoever cannot hold, Enter or the click
 * of a screen reader or switch toggles.
 *
 * @param {HTMLButtonElement} button
 * @param {{ press: () => void, letUp: () => void, toggle: () => void }} actions
 */
export function holdable(button, { press, letUp, toggle }) {
  let isKey = false
  let isHeld = false
  const on = (type, listener) => button.addEventListener(type, listener)
  const begin = () => {
    isHeld = true
    press()
  }
  // A button that is not held has nothing to let go of: the focus leaving it says nothing about another one.
  const end = () => {
    if (isHeld) letUp()
    isHeld = false
  }
  on('pointerdown', (event) => {
    if (event.button !== 0) return
    button.setPointerCapture(event.pointerId)
    begin()
  })
  on('lostpointercapture', end)
  on('contextmenu', (event) => event.preventDefault())
  on('keydown', (event) => {
    if (event.key !== ' ' && event.key !== 'Enter') return
    isKey = true
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === ' ') begin()
    else toggle()
  })
  on('keyup', (event) => {
    if (event.key === ' ') end()
  })
  on('blur', end)
  // Keys have clicks of their own, which are no news; a click from neither pointer nor key comes from elsewhere.
  on('click', (event) => {
    if (event.detail === 0 && !isKey) toggle()
    isKey = false
  })
}
