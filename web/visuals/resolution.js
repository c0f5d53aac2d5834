// How many of the screen's pixels are drawn.

const slowMilliseconds = 23
const quickMilliseconds = 17.6
const looked = 40
const smallest = 0.3
const most = 1920 * 1080

/**
 * Chooses how finely to draw, by how long frames take: coarser while they come too seldom, finer again when there is time.
 *
 * Where drawing less does not make frames come sooner, something else holds them up, and the picture becomes sharp again.
 */
export class Resolution {
  /** Drawn pixels for each of the canvas, along one side. */
  scale = 1
  #sum = 0
  #count = 0
  #sharpestTime = 0
  #patience = 4
  #good = 0

  /** Canvas pixels for an element of so many CSS pixels: no more than a full HD screen has, times the scale. */
  fit(width, height, density) {
    const wanted = width * density * height * density
    const factor = density * this.scale * Math.min(1, Math.sqrt(most / Math.max(1, wanted)))
    return [Math.max(2, Math.round(width * factor)), Math.max(2, Math.round(height * factor))]
  }

  /** Notes how long the last frame took; true where the scale has changed. */
  note(milliseconds) {
    this.#sum += Math.min(milliseconds, 250)
    this.#count += 1
    if (this.#count < looked) return false
    const mean = this.#sum / this.#count
    this.#sum = 0
    this.#count = 0
    return mean > slowMilliseconds ? this.#coarser(mean) : this.#finer(mean)
  }

  #coarser(mean) {
    this.#good = 0
    if (this.scale === 1) this.#sharpestTime = mean
    if (this.scale <= smallest) {
      const isInVain = mean > 0.85 * this.#sharpestTime
      if (isInVain) this.scale = 1
      return isInVain && this.#giveUp()
    }
    this.scale = Math.max(smallest, this.scale * 0.75)
    this.#patience = Math.min(64, this.#patience * 2)
    return true
  }

  /** It is not the drawing: this is never asked again. */
  #giveUp() {
    this.note = () => false
    return true
  }

  #finer(mean) {
    this.#good = mean < quickMilliseconds ? this.#good + 1 : 0
    if (this.scale === 1 || this.#good < this.#patience) return false
    this.#good = 0
    this.scale = Math.min(1, this.scale * 1.2)
    return true
  }
}
