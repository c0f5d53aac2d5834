/** The OSC ports and targets that a project needs, opened when they are first used. */
import { Osc } from '../osc.js'

export class OscPorts {
  /** A sentence why there is no bridge, or empty. */
  message = ''
  osc = new Osc()
  #ports = new Map()
  #targets = new Map()

  /** @param {(message: import('../osc.js').Message) => void} receive @param {() => void} changed */
  constructor(receive, changed) {
    this.osc.addEventListener('message', ({ detail }) => receive(detail))
    this.osc.addEventListener('state', () => {
      if (this.osc.state === 'closed') this.#forget()
      changed()
    })
  }

  #forget() {
    this.#ports.clear()
    this.#targets.clear()
  }

  /** Listens to these ports and no others. @param {Iterable<number>} wanted @throws {StarlingError} */
  async listen(wanted) {
    const ports = new Set(wanted)
    for (const [port, opened] of this.#ports) {
      if (ports.has(port)) continue
      this.#ports.delete(port)
      await (await opened).stop()
    }
    for (const port of ports) await this.open(port)
  }

  /** Listens to a port besides. @throws {StarlingError} where it cannot be had */
  async open(port) {
    await this.#kept(this.#ports, port, () => this.osc.receive(port))
  }

  /** Something to send to. @returns {Promise<import('../osc.js').OscTarget>} @throws {StarlingError} */
  target(host, port) {
    return this.#kept(this.#targets, `${host}:${port}`, () => this.osc.target(host, port))
  }

  async #kept(map, key, make) {
    if (!map.has(key)) map.set(key, make())
    try {
      const made = await map.get(key)
      this.message = ''
      return made
    } catch (error) {
      map.delete(key)
      this.message = error.message
      throw error
    }
  }
}
