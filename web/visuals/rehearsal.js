// What a picture sees where there is no sound: for thumbnails, and to be the same each time.

/** A sound view of made-up music: `energy(seconds)` 0…1. */
export class RehearsedSound {
  pulse = 0
  wave = new Float32Array(2048)
  name = null
  level = 0
  energy = 0
  #seconds = 0
  #score

  /** @param {{ energy?: (seconds: number) => number, pitch?: number, name?: string | null }} [score] */
  constructor({ energy = () => 0.55, pitch = 196, name = null } = {}) {
    this.#score = { energy, pitch }
    this.name = name
  }

  read(dt) {
    this.#seconds += dt
    const energy = this.#score.energy(this.#seconds)
    this.energy = energy
    this.level = energy
    const rate = 48000
    const start = Math.floor(this.#seconds * rate)
    for (let i = 0; i < this.wave.length; i += 1) {
      const turn = (2 * Math.PI * this.#score.pitch * (start + i)) / rate
      this.wave[i] = energy * (0.5 * Math.sin(turn) + 0.2 * Math.sin(2 * turn + 0.7) + 0.12 * Math.sin(3 * turn + 2))
    }
  }
}

/** Knobs as a preset, or as chosen. */
export class RehearsedKnobs {
  /** @param {object} info the picture's record @param {number[]} [numbers] a value for each parameter */
  constructor(info, numbers = info.presets[0].values) {
    this.values = Object.fromEntries(info.parameters.map(({ name }, index) => [name, numbers[index]]))
  }

  read() {}
}
