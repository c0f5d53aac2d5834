import { element } from '/widgets/dom.js'
import { Audition } from './audition.js'

/** Presets of the catalogue: chosen from the list, or by ear, arrow by arrow; Enter or leaving keeps, Escape goes back. */
export function presetSelect(store, hands, rack) {
  const { info } = rack
  if (!info.presets?.length) return null
  const audition = new Audition(store, hands, rack)
  const presetAt = (index) => info.presets[Math.min(info.presets.length, Math.max(1, index)) - 1]
  const choose = () => {
    const preset = presetAt(select.selectedIndex)
    select.value = ''
    audition.end()
    hands.take(info, preset)
  }
  const keep = () => {
    select.value = ''
    audition.keep()
  }
  const keydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (step) {
      const preset = presetAt(select.selectedIndex + step)
      select.value = preset.name
      audition.hear(preset)
    } else if (event.key === 'Enter' && audition.isGoing) keep()
    else if (event.key === 'Escape' && audition.isGoing) {
      select.value = ''
      audition.end()
    } else return
    event.preventDefault()
  }
  const options = info.presets.map(({ name, label }) => element('option', { value: name }, label))
  const select = element('select', {
    class: 'presets', 'aria-label': `Presets of ${info.label}`, title: 'Arrows: hear each; Enter keeps, Escape goes back',
    on: { change: choose, keydown, blur: () => audition.isGoing && keep() },
  }, element('option', { value: '' }, 'Presets'), ...options)
  return select
}
