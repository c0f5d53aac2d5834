import { element } from '/widgets/dom.js'

/**
 * Waits until a style sheet is there: what is loaded when it is asked for brings its look.
 * @param {string} href
 */
export function dressed(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const fail = () => {
      link.remove()
      reject(new Error('Its look could not be loaded. Try again.'))
    }
    const link = element('link', { rel: 'stylesheet', href, on: { load: resolve, error: fail } })
    document.head.append(link)
  })
}
