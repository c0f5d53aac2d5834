import { listenPath } from '../paths.js'

/** What is remembered of takes that were looked at; older ones are read again when they are needed. */
const most = 60

/** The sounds and rows of takes, read when they are first asked for. */
export class TakeData {
  #starling
  #sounds = new Map()
  #rows = new Map()

  /** @param {import('/lib/starling.js').Starling} starling */
  constructor(starling) {
    this.#starling = starling
  }

  /** A take's samples, or null. @returns {Promise<Float32Array | null>} */
  sound({ id, sound }) {
    return remembered(this.#sounds, sound ?? id, async () => (await this.#starling.takeSound(id))?.samples ?? null)
  }

  /** A take as a small picture: its sound, or, where none was kept, how loud it was. @returns {Promise<Float32Array>} */
  async picture(take) {
    return (await this.sound(take)) ?? loudness(await this.rows(take), this.#starling)
  }

  /** A take's rows; see `Starling.takeRows`. */
  rows({ id, rows }) {
    return remembered(this.#rows, rows ?? id, () => this.#starling.takeRows(id))
  }
}

/** A sound that would be as loud as these rows say: their loudness, up and down in turn. */
function loudness({ columns, rows, count }, starling) {
  const slot = starling.slots.find(({ path }) => path === listenPath('loudness'))
  const column = columns.indexOf('loudness')
  if (!slot || column < 0) return new Float32Array(0)
  const size = (row) => starling.position(slot, rows[row * columns.length + column])
  return Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 ? -1 : 1) * 0.95 * size(i >> 1))
}

function remembered(known, key, read) {
  if (!known.has(key)) known.set(key, read())
  if (known.size > most) known.delete(known.keys().next().value)
  return known.get(key)
}
