/**
 * Measures what listening costs in engine.wasm under node; writes out/listening-bench.json.
 *
 * Usage: node Benchmarks/listening/run.js [--rounds 5]
 *
 * Every second block of 128 analyses: what it takes longer than the others is the cost of all features. Figures are medians, of this
 * machine at this load: they are reported, never asserted.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { blockTimes, planOf } from './engine.js'

const rate = 48_000
const block = 128
const seconds = 12
const fixtures = new URL('../../Tests/Fixtures/features/', import.meta.url)
const profiles = ['own', 'librosa', 'flucoma', 'meyda']

/** Real recordings one behind the other, as if they were of 48 kHz, over and over. */
function recordings() {
  const all = ['drums', 'choir', 'trumpet', 'speech', 'piano'].flatMap((name) => {
    const bytes = readFileSync(new URL(`${name}.wav`, fixtures))
    return Array.from(new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length - (bytes.length % 2))))
  })
  return Float32Array.from({ length: seconds * rate }, (_, i) => all[i % all.length] / 32768)
}

const derived = Array.from({ length: 64 }, (_, i) => [
  ['derived', `derived-${i + 1}`, 'name', `D ${i + 1}`], ['derived', `derived-${i + 1}`, 'source', ['loudness', 'pitch', 'centroid', 'mfcc-2'][i % 4]],
  ['derived', `derived-${i + 1}`, 'kind', ['mean', 'deviation', 'maximum', 'slope', 'euro'][i % 5]], ['derived', `derived-${i + 1}`, 'seconds', 1],
]).flat()

const scenes = [
  { name: 'all features' },
  ...[512, 2048, 4096].map((frame) => ({ name: `all features, frame ${frame}`, frame })),
  ...profiles.slice(1).map((name, i) => ({ name: `all features, timbre as ${name}`, profile: i + 1 })),
  { name: 'all features and 64 derived over 1 s', changes: derived },
]

const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1]) || 5
const quantum = (1e6 * block) / rate
const sound = recordings()
const report = scenes.map(({ name, frame, profile, changes = [] }) => {
  const plan = planOf(changes)
  const costs = Array.from({ length: rounds }, () => {
    const { hop, plain } = blockTimes({ sound, rate, block, frame, profile, plan })
    return { cost: median(hop) - median(plain), worst: quantile(hop, 0.99) }
  })
  const cost = median(costs.map((round) => round.cost))
  const worst = median(costs.map((round) => round.worst))
  const share = { mean: (50 * cost) / quantum, peak: (100 * cost) / quantum }
  console.log(`${name.padEnd(40)} ${cost.toFixed(1).padStart(7)} us a hop ${share.mean.toFixed(2).padStart(6)} % of the time, ${share.peak.toFixed(2)} % of its quantum; 99 % of blocks within ${worst.toFixed(0)} us`)
  return { name, microsecondsPerHop: cost, percentOfTime: share.mean, percentOfQuantum: share.peak, worst }
})
mkdirSync(new URL('../../out/', import.meta.url), { recursive: true })
writeFileSync(new URL('../../out/listening-bench.json', import.meta.url), JSON.stringify(report, null, 1))

function quantile(values, share) {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}

function median(values) {
  return quantile(values, 0.5)
}
