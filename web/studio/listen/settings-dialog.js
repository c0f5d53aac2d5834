import { element, setText } from '/widgets/dom.js'
import { showDialog } from '../dialog.js'
import { numberField } from '../number-field.js'
import { setListening } from './derived-commands.js'

const frames = [512, 1024, 2048, 4096]
const profiles = { own: 'Starling', librosa: 'librosa', flucoma: 'FluCoMa', meyda: 'Meyda' }
const usualBands = { own: 40, librosa: 128, flucoma: 40, meyda: 26 }
const beginnings = {
  combined: 'Everything together', flux: 'Louder bands', energy: 'Louder', high: 'Brighter and louder', complex: 'Anything unexpected',
}
const terms = {
  combined: 'Rise of partials, flux and complex domain', flux: 'Spectral flux', energy: 'Energy', high: 'High-frequency content',
  complex: 'Rectified complex domain',
}

/** Settings of listening for the whole project: how sound is cut and measured, and what counts as a beginning. */
export function openSettings(store) {
  const now = () => store.document.listening.listening
  const set = (record) => {
    store.run(setListening, record)
    show()
  }
  const frame = select('Moment looked at', frames.map((size) => [size, `${size} samples`]), (value) => set({ frame: Number(value) }))
  const profile = select('Timbre as in', Object.entries(profiles), (value) => set({ profile: value, bands: null }))
  const bands = numberField({ label: 'Mel bands', minimum: 13, maximum: 128, step: 1 }, (value) => set({ bands: Math.round(value) }))
  const how = select('A beginning is', Object.entries(beginnings), (value) => set({ beginnings: value }))
  const threshold = numberField({ label: 'How much stronger than usual', minimum: 0.1, maximum: 10, step: 0.1 }, (value) => set({ threshold: value }))
  const refractory = numberField({ label: 'Not again within (s)', minimum: 0.02, maximum: 2, step: 0.01 }, (value) => set({ refractory: value }))
  const note = element('p', { class: 'hint' }, 'The moment, the timbre and its bands are taken over at once; the sound stops for an instant. What was taught before was heard with other ears: teach it again after a change.')
  const hop = element('p', { class: 'hint' })
  frame.title = 'Frame size: longer ones tell tones apart better, shorter ones follow faster'
  profile.title = 'Conventions of the mel-frequency cepstral coefficients, so that examples from other programs fit'
  showDialog('How it listens', [
    element('div', { class: 'settings' },
      field('Moment looked at', frame), field('Timbre as in', profile), field('Mel bands', bands),
      field('A beginning is', how), field('How much stronger than usual', threshold), field('Not again within (s)', refractory)),
    note, hop,
  ], [{ label: 'Done', isMain: true }])
  show()

  function show() {
    const record = now()
    frame.value = String(record.frame)
    profile.value = record.profile
    bands.show(record.bands ?? usualBands[record.profile])
    how.value = record.beginnings
    how.title = terms[record.beginnings]
    threshold.show(record.threshold)
    refractory.show(record.refractory)
    const { sampleRate } = store.starling.health
    const { hopSize } = store.starling.catalogue
    setText(hop, `It looks every ${hopSize} samples${sampleRate ? `, that is ${Math.round(sampleRate / hopSize)} times a second` : ''}.`)
  }
}

const field = (label, control) => element('label', { class: 'number' }, element('span', {}, label), control)

function select(label, options, choose) {
  const node = element('select', { 'aria-label': label, on: { change: () => choose(node.value) } },
    ...options.map(([value, text]) => element('option', { value: String(value) }, text)))
  return node
}
