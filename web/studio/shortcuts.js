// Keys that work everywhere on the page.

const storageKey = 'starling-single-keys'

/** Whether keys without Ctrl work everywhere; kept on this computer where the browser allows it. */
class SingleKeys {
  #areOn = true

  constructor() {
    try {
      this.#areOn = localStorage.getItem(storageKey) !== 'off'
    } catch { /* The browser keeps nothing for this page. */ }
  }

  get areOn() {
    return this.#areOn
  }

  set areOn(areOn) {
    this.#areOn = areOn
    try {
      localStorage.setItem(storageKey, areOn ? 'on' : 'off')
    } catch { /* As above. */ }
  }
}

export const singleKeys = new SingleKeys()

/** Listens to keys; `actions` are what they do. */
export function listenToKeys({ undo, redo, save, keep, togglePlaying, help, press, letUp, pressNumber, turnOutput, perform }) {
  const down = new Map()
  addEventListener('keydown', (event) => {
    if (document.querySelector('dialog[open]')) return
    const act = event.ctrlKey || event.metaKey ? withControl(event) : alone(event)
    if (!act) return
    event.preventDefault()
    if (!event.repeat) act()
  })
  addEventListener('keyup', (event) => {
    down.get(event.code)?.()
    down.delete(event.code)
  })
  addEventListener('blur', () => {
    for (const act of down.values()) act()
    down.clear()
  })

  function withControl({ key, shiftKey, target }) {
    if (isText(target)) return undefined
    const letter = key.toLowerCase()
    if (letter === 'z') return shiftKey ? redo : undo
    return { y: redo, s: save }[letter]
  }

  function alone(event) {
    const { key, code, target, altKey } = event
    if (altKey || !singleKeys.areOn || isText(target) || target.matches('select')) return undefined
    if (key === ' ') return takesSpace(target) ? undefined : held(event, press, letUp)
    if (/^Digit[1-9]$/.test(code)) return numbered(event, Number(code.at(-1)) - 1)
    if (/^[1-9]$/.test(key)) return numbered(event, Number(key) - 1)
    const turn = () => turnOutput(event.shiftKey ? -1 : 1)
    return { k: keep, p: togglePlaying, o: turn, f: perform, '?': help }[key.toLowerCase()]
  }

  function numbered(event, index) {
    if (event.shiftKey) return undefined
    return held(event, () => pressNumber(index), letUp)
  }

  function held({ code }, start, end) {
    return () => {
      down.set(code, end)
      start()
    }
  }
}

const isText = (target) => target.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea')
const takesSpace = (target) => target.closest('button, input, summary, a, [role=tab]') !== null
