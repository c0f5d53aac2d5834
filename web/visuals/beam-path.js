const count = 1024
// Where the ring closes, its end passes into its beginning.
const seam = 64
const past = 64
const loudest = 0.7

/** Where the beam goes: the sound as a line, a ring, or against its own past, and everything between. */
export class BeamPath {
  /** How many points. */
  count = count
  /** x and y of each; the picture is 1 high. */
  points = new Float32Array(2 * count)
  #sound = new Float32Array(count + past)
  #gain = 1

  /** Follows the newest sound. `shape` 0…2; `across` is how wide the picture is. */
  follow(wave, { shape, size, time, speed, dt, isCalm, across }) {
    this.#take(wave, dt, isCalm)
    const angle = 0.4 * time * Math.min(1, speed * 5)
    const amount = (0.12 + 0.5 * size) * this.#gain
    for (let i = 0; i < count; i += 1) {
      const part = i / (count - 1)
      const sound = amount * this.#sound[i + past]
      const line = [(part - 0.5) * across * 1.04, 0.6 * sound]
      const radius = 0.16 + 0.14 * size + 0.35 * this.#ringSound(i) * amount
      const turned = 2 * Math.PI * part + angle
      const ring = [radius * Math.cos(turned), radius * Math.sin(turned)]
      const loop = rotated(0.75 * sound, 0.75 * amount * this.#sound[i], angle)
      const [from, to] = shape < 1 ? [line, ring] : [ring, loop]
      const mix = smooth(shape < 1 ? shape : shape - 1)
      this.points[2 * i] = from[0] + mix * (to[0] - from[0])
      this.points[2 * i + 1] = from[1] + mix * (to[1] - from[1])
    }
  }

  /** The newest sound from where it rises through its middle, so that a tone stands; calm: an average over time. */
  #take(wave, dt, isCalm) {
    const start = rising(wave, wave.length - this.#sound.length)
    const amount = isCalm ? 1 - Math.exp(-dt / 0.25) : 1
    let peak = 0.001
    for (let i = 0; i < this.#sound.length; i += 1) {
      this.#sound[i] += amount * (wave[start + i] - this.#sound[i])
      peak = Math.max(peak, Math.abs(this.#sound[i]))
    }
    // Quiet sounds are drawn larger, up to four times, changing slowly.
    const wanted = Math.min(4, loudest / peak)
    this.#gain += (wanted - this.#gain) * (1 - Math.exp(-dt / (wanted < this.#gain ? 0.1 : 1.5)))
  }

  #ringSound(i) {
    const here = this.#sound[i + past]
    if (i < count - seam) return here
    const part = smooth((i - count + seam) / seam)
    return here + part * (this.#sound[past + i - count + 1] - here)
  }
}

function rising(wave, last) {
  for (let i = 1; i < last; i += 1) if (wave[i - 1] < 0 && wave[i] >= 0) return i
  return 0
}

const smooth = (x) => x * x * (3 - 2 * x)

function rotated(x, y, angle) {
  const c = Math.cos(angle)
  const s = Math.sin(angle)
  return [c * x - s * y, s * x + c * y]
}
