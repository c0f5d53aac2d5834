import '/widgets/trace.js'
import { button, element, setText } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'
import { animate } from './derive-dialog.js'
import { pathOf, setRange } from './derived-commands.js'
import { labelOf, sourceSelect, sources } from './sources.js'

const seconds = 6
/** So much at each end of what was heard does not count: a cough, a knock. */
const outliers = 0.04
const voicedFrom = 0.8
/** Pauses between what is played do not count: quieter than this, in dB. */
const pause = -60

/** Learns a player's own range of a feature: listens for some seconds, shows what was heard, and keeps it if it is wanted. */
export function openCalibrate(store, source = 'loudness') {
  const { starling } = store
  const select = sourceSelect(sources(store), 'What to calibrate', source)
  const words = element('p', { role: 'status' }, 'Press Listen, then play your quietest and your loudest, your lowest and your highest.')
  const trace = element('starling-trace', { label: 'Live curve of the last seconds' })
  const listen = button(`Listen for ${seconds} s`, begin, { class: 'button' })
  let range = null
  let timer = 0
  const dialog = showDialog('Calibrate', [
    element('label', { class: 'number' }, element('span', {}, 'Feature'), select), words, trace, listen,
  ], [{ label: 'Cancel' }, { label: 'Use this range', act: use, isMain: true }])
  const main = dialog.querySelector('.main')
  main.disabled = true
  select.addEventListener('change', forget)
  dialog.addEventListener('close', () => clearInterval(timer))
  animate(dialog, store, trace, () => [select.value])
  listen.focus()

  function forget() {
    range = null
    main.disabled = true
  }

  function begin() {
    forget()
    if (!starling.running) return setText(words, 'The sound does not run. Start it first.')
    let left = seconds
    clearInterval(timer)
    const say = () => setText(words, `Play, soft and loud, low and high: ${left} s.`)
    say()
    timer = setInterval(() => {
      left -= 1
      if (left > 0) return say()
      clearInterval(timer)
      return learn()
    }, 1000)
    return undefined
  }

  function learn() {
    range = heardRange(starling, select.value)
    main.disabled = !range
    const slot = slotOf(starling, select.value)
    const text = (value) => starling.text(slot, value)
    setText(words, range ? `Your range: ${text(range.low)} to ${text(range.high)}.` : 'That hardly moved. Play softer and louder, and listen again.')
    if (range) main.focus()
  }

  function use() {
    const label = labelOf(store, select.value)
    if (range && store.run(setRange, select.value, label, range.low, range.high, starling.catalogue.derived)) {
      store.sayUndoable(`${label} goes from 0 to 1 over your range now.`)
    }
  }
}

/**
 * What was heard in the last seconds, without what stands out; null where nothing moved. Features count only while there is
 * sound, pitch only where there is one.
 */
export function heardRange(starling, name) {
  const points = seconds * 40
  const read = (column) => starling.memory.read(pathOf(column), { from: seconds, to: 0, points })
  const { min, max } = read(name)
  const [column, least] = name.startsWith('control-') ? [name, -Infinity] : name === 'pitch' ? ['pitch-confidence', voicedFrom] : ['loudness', pause]
  const counts = read(column).min
  const heard = [...min.keys()].filter((i) => counts[i] >= least)
  if (heard.length < points / 10) return null
  const at = (curve, share) => heard.map((i) => curve[i]).sort((a, b) => a - b)[Math.round(share * (heard.length - 1))]
  const [low, high] = [at(min, outliers), at(max, 1 - outliers)]
  const slot = slotOf(starling, name)
  return high - low > 0.01 * (slot.maximum - slot.minimum) ? { low, high } : null
}

const slotOf = (starling, name) => starling.slots.find(({ path }) => path === pathOf(name))
