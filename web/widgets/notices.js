/**
 * `<starling-notices>`: calm messages, read out by screen readers, that never stand in the way.
 *
 *     <starling-notices></starling-notices>
 *     notices.say('error', 'The microphone was refused. …')
 *     notices.say('done', 'Whisper was deleted.', { label: 'Undo', act: undo })
 *
 * Methods: `say(kind, message, action)`; kinds are `error` and `warning`, which stay until dismissed, and
 * `recovered` and `done`, which leave after some seconds unless pointed at. A message already shown is not repeated.
 */
import { button, element } from './dom.js'
import { Widget } from './widget.js'

const stayMilliseconds = 9000
const most = 4

export class Notices extends Widget {
  build() {
    this.setAttribute('role', 'log')
    this.setAttribute('aria-live', 'polite')
    this.setAttribute('aria-label', 'Messages')
  }

  say(kind, message, action = undefined) {
    for (const old of [...this.children]) if (old.dataset.message === message) old.remove()
    const notice = element('div', { class: 'notice' }, element('p', {}, message))
    const dismiss = () => notice.remove()
    const act = () => {
      dismiss()
      action.act()
    }
    if (action) notice.append(button(action.label, act, { class: 'quiet' }))
    notice.append(button('×', dismiss, { class: 'quiet dismiss', 'aria-label': 'Dismiss this message' }))
    notice.dataset.kind = kind
    notice.dataset.message = message
    this.append(notice)
    while (this.children.length > most) this.firstElementChild.remove()
    if (kind === 'recovered' || kind === 'done') this.#leave(notice)
  }

  #leave(notice) {
    setTimeout(() => {
      if (notice.matches(':hover, :focus-within')) this.#leave(notice)
      else notice.remove()
    }, stayMilliseconds)
  }
}

customElements.define('starling-notices', Notices)
