import { Smoother } from './smoother.js'

/** A picture's parameters as the bus has them, smoothed: `values.hue` and so on, in their units. */
export class KnobView {
  values = {}
  #bus
  #knobs

  /**
   * @param {import('/lib/bus.js').Bus} bus
   * @param {{ name: string, parameters: { name: string }[] }} info the picture's record in the catalogue
   */
  constructor(bus, info) {
    this.#bus = bus
    this.#knobs = info.parameters.map(({ name }) => {
      const path = `/play/${info.name}/${name}`
      return { name, path, smoother: new Smoother(bus.value(path)) }
    })
    this.read(0)
  }

  /** Looks again, `dt` seconds later. */
  read(dt) {
    for (const { name, path, smoother } of this.#knobs) this.values[name] = smoother.next(this.#bus.value(path), dt)
  }
}
