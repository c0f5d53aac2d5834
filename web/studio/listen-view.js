import { element, setText } from '/widgets/dom.js'
import { featureRows } from './feature-rows.js'
import { inputSelect } from './input-select.js'
import { soundPath } from './paths.js'

/** The last moment of sound in the scope. */
const scopeSeconds = 0.04
const scopeColumns = 240
/** Above this peak the sound is cut off. */
const tooLoud = 0.98

/** Listen: where sound comes from, how it looks, and which of its features feed the model. */
export function listenView(root, store, files) {
  const rate = element('small')
  const scope = element('starling-scope', { label: 'Waveform of the input' })
  const level = element('starling-meter', { label: 'Level', bare: true, class: 'level' })
  const warning = element('p', { class: 'warning', role: 'status' })
  root.append(element('div', { class: 'card' },
    element('h3', {}, inputSelect(store, files), rate), scope, level, warning, featureRows(store)))
  paintSound(store, scope, level)

  store.subscribe(() => {
    const { sampleRate } = store.starling.health
    setText(rate, sampleRate ? `${(sampleRate / 1000).toLocaleString('en')} kHz` : '')
  })
  store.frame.write(() => setText(warning, inputWarning(store.starling, level.position)))
}

function inputWarning({ input, running }, peak) {
  if (input.warning) return input.warning
  if (running && input.kind === 'none') return 'The input is off. Choose one above.'
  return peak > tooLoud ? 'Too loud: move away or turn the microphone down.' : ''
}

function paintSound({ starling, frame }, scope, level) {
  let into
  let peak = 0
  frame.paint(() => {
    if (!starling.running) return
    into = starling.memory.read(soundPath, { from: scopeSeconds, to: 0, points: scopeColumns, into })
    scope.draw(into.min, into.max)
    peak = Math.max(peak * 0.94, highest(into))
    level.position = peak
  })
  frame.write(() => {
    level.text = peak > 0.001 ? `peak ${(20 * Math.log10(peak)).toFixed(0)} dB` : 'silent'
  })
}

function highest({ min, max }) {
  let peak = 0
  for (let i = 0; i < min.length; i += 1) peak = Math.max(peak, max[i], -min[i])
  return Number.isFinite(peak) ? peak : 0
}
