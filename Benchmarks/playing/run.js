/**
 * Measures what playing costs in engine.wasm under node, and how it grows with the voices; writes out/playing-bench.json.
 *
 * Usage: node Benchmarks/playing/run.js [--rounds 3]
 *
 * A figure is the share of a quantum of 128 sample-frames at 48 kHz beyond what the same engine takes without the instrument or effect,
 * the listening included in both: the smallest median of the rounds. Of the full scene the whole quantum is told, and its 99.9 %. Of this
 * machine at this load: reported, never asserted.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { blockTimes, planOf } from '../listening/engine.js'

const [rate, block, seconds] = [48_000, 128, 6]
const quantum = (1e6 * block) / rate
const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 3
const instruments = ['choir', 'subtractive', 'fm', 'string', 'struck', 'drums', 'wavetable', 'granular', 'sampler']
const effects = ['reverb', 'delay', 'chorus', 'drive', 'filter', 'compressor', 'equaliser']
const voiceCounts = [1, 4, 8, 16]

const chord = (count) => Array.from({ length: count }, (_, i) => 36 + 3 * i)
const instrument = (kind, count) => [['instruments', kind, 'kind', kind], ['instruments', kind, 'playing', true], ['instruments', kind, 'notes', chord(count)]]
const effect = (kind) => [['effects', kind, 'kind', kind]]

// A voice-like sound, so that listening has something to do.
const sound = Float32Array.from({ length: seconds * rate }, (_, i) => {
  const phase = (i * (180 + 20 * Math.sin(i / 9000))) / rate
  return 0.2 * Math.sin(2 * Math.PI * phase) + 0.1 * Math.sin(6 * Math.PI * phase) + 0.02 * Math.sin(i * i)
})

const idle = cost([])
const report = { idle: share(idle.median), instruments: {}, effects: {} }
console.log(`listening alone: ${percent(idle.median)} of the quantum`)
console.log(`notes held       ${voiceCounts.map((count) => String(count).padStart(8)).join('')}`)
for (const kind of instruments) {
  const costs = voiceCounts.map((count) => cost(instrument(kind, count)).median - idle.median)
  report.instruments[kind] = costs.map(share)
  console.log(kind.padEnd(17) + costs.map((value) => percent(value).padStart(8)).join(''))
}
for (const kind of effects) {
  const value = cost([...instrument('string', 1), ...effect(kind)]).median - cost(instrument('string', 1)).median
  report.effects[kind] = share(value)
  console.log(kind.padEnd(17) + percent(value).padStart(8))
}
const full = cost([...instrument('subtractive', 8), ...instrument('fm', 8), ...effect('chorus'), ...effect('delay'), ...effect('reverb')])
report.full = { median: share(full.median), most: share(full.most) }
console.log(`all features, two instruments of 8 voices, three effects: ${percent(full.median)}, 99.9 % of blocks within ${percent(full.most)}`)
mkdirSync(new URL('../../out/', import.meta.url), { recursive: true })
writeFileSync(new URL('../../out/playing-bench.json', import.meta.url), JSON.stringify(report, null, 1))

function cost(changes) {
  const plan = planOf(changes)
  const runs = Array.from({ length: rounds }, () => {
    const { hop, plain } = blockTimes({ sound, rate, block, plan })
    const all = Float64Array.from([...hop, ...plain].slice(40)).sort()
    return { median: all[all.length >> 1], most: all[Math.floor(0.999 * all.length)] }
  })
  return { median: Math.min(...runs.map(({ median }) => median)), most: Math.min(...runs.map(({ most }) => most)) }
}

function share(microseconds) {
  return Number(((100 * microseconds) / quantum).toFixed(2))
}

function percent(microseconds) {
  return `${share(microseconds).toFixed(2)} %`
}
