// How kinds of derived features ask for their numbers, in a player's words.

const history = { name: 'history', label: 'Its last moments', help: 'What it was at four moments, evenly spread over the time.', reference: 'four lags' }

/** All kinds there are to choose: the catalogue's, and a history, which is several lags. */
export const kindsOf = (catalogue) => [...catalogue.derivations, history]

const windowed = { label: 'over the last', unit: 's' }
const apart = { label: 'since', unit: 's ago' }
const times = {
  mean: windowed, deviation: windowed, minimum: windowed, maximum: windowed, slope: windowed,
  delta: apart, acceleration: apart, lag: { label: 'what it was', unit: 's ago' }, history: windowed,
  smooth: { label: 'within', unit: 's' }, euro: { label: 'while still within', unit: 's' },
}

/** How a kind's time is asked for; undefined where it has none. @returns {{ label: string, unit: string } | undefined} */
export const timeOf = (kind) => times[kind]

/** How a kind's other number is asked for. @returns {{ label: string, minimum: number, maximum: number, initial: number } | undefined} */
export const amountOf = (kind) => ({
  euro: { label: 'Quickness', minimum: 0, maximum: 100, initial: 3 },
  gate: { label: 'Louder than, in dB', minimum: -100, maximum: 0, initial: -50 },
})[kind]

/** A derived feature in a few words: `Smoothed within 0.2 s`. */
export function described(catalogue, { kind, seconds, low, high, amount }) {
  const label = kindsOf(catalogue).find(({ name }) => name === kind)?.label ?? kind
  const time = timeOf(kind)
  if (time) return `${label}, ${time.label} ${Number(seconds.toPrecision(3))} ${time.unit}`
  if (kind === 'gate') return `${label}: below ${amount} dB`
  return low === undefined ? label : `${label}: ${Number(low.toPrecision(3))} to ${Number(high.toPrecision(3))}`
}
