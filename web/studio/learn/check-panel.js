import { button, element, setText } from '/widgets/dom.js'
import { confusedTakes } from './confused-takes.js'
import { confusionTable } from './confusion-table.js'
import { hintList } from './hint-list.js'
import { knobErrors } from './knob-errors.js'
import { learningCurve } from './learning-curve.js'
import { percent } from '../words.js'

/** How well the output does on takes it has not seen: in a figure, in a table, and in what would help. */
export function checkPanel(store, checking) {
  const headline = element('b', { class: 'headline' })
  const words = element('span', { class: 'hint' })
  const status = element('p', { class: 'hint', role: 'status' })
  const again = button('Check now', () => checking.begin(), { class: 'button' })
  const progress = element('starling-meter', { label: 'Checking' })
  const fit = element('starling-meter', { label: 'Known takes', title: 'How much of the takes it learned from it gets right' })
  const unseen = element('starling-meter', { label: 'New takes', title: 'How much of each take it gets right having learned from the others alone' })
  const picked = confusedTakes(store)
  const parts = [confusionTable(store, picked.show), picked, knobErrors(store), learningCurve(store)]
  const about = element('p', { class: 'hint' }, 'Each take is held back once: it learns from the others, and is asked for this one.')
  const details = element('div', { class: 'panel' }, ...parts, about)
  store.subscribe(() => {
    const { report, isStale, complaint } = checking.result
    const running = checking.progress
    setText(headline, report ? percent(score(report)) : '–')
    setText(words, report ? scoreWords(report) : 'not checked yet')
    setText(status, complaint || statusWords(report, isStale, running))
    progress.hidden = running === null
    progress.position = running ?? 0
    progress.text = percent(running ?? NaN)
    unseen.hidden = details.hidden = !report
    fit.hidden = typeof report?.fit !== 'number'
    if (!report) return
    showPart(fit, report.fit)
    showPart(unseen, score(report))
    for (const part of parts) part.update(report)
  })
  return element('div', { class: 'panel check-panel' },
    element('h3', {}, element('span', {}, 'How well does it do?'), element('small', {}, again)),
    element('p', { class: 'training', role: 'status' }, headline, ' ', words),
    element('div', { class: 'meters' }, progress, unseen, fit), status,
    hintList(store), details)
}

/** How much is right, 0…1; of knobs, how much of their movement is explained. */
export function score(report) {
  if (report.task !== 'continuous') return report.accuracy
  const parts = report.outputs.filter(({ r2 }) => r2 !== null).map(({ r2 }) => Math.max(0, r2))
  return parts.reduce((a, b) => a + b, 0) / Math.max(1, parts.length)
}

function scoreWords({ task }) {
  return task === 'continuous' ? 'of the movement of takes it had not seen' : 'right, on takes it had not seen'
}

function statusWords(report, isStale, running) {
  if (running !== null) return 'Checking. Play on meanwhile.'
  if (report && isStale) return 'From before your last change.'
  return typeof report?.fit === 'number' ? gapWords(report.fit - score(report)) : ''
}

function gapWords(gap) {
  return gap > 0.15
    ? 'It knows your takes much better than new ones: vary what you teach.'
    : 'New takes go about as well as those it knows.'
}

function showPart(meter, part) {
  meter.color = 'var(--good)'
  meter.position = part ?? 0
  meter.text = percent(part ?? NaN)
}
