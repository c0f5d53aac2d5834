import { common, head, screen } from './glsl.js'

const most = 48
const golden = 2.39996

// Drops of light fall into what was there before, which drifts and thins out: twice as coarse as the screen.
const drops = `${head}${common}
in vec2 place;
out vec4 light;
uniform sampler2D before;
uniform vec2 shape;
uniform float time, keep, drift, hue, spread, amount;
uniform vec4 drop[${most}];
vec2 stream(vec2 p) {
  float e = 0.02, t = time * 0.3;
  vec2 q = p * 1.7 + vec2(t, -t * 0.7);
  float up = noise(q + vec2(0, e)), right = noise(q + vec2(e, 0)), here = noise(q);
  return vec2(up - here, here - right) / e;
}
void main() {
  vec2 p = (place - 0.5) * shape;
  vec2 flow = stream(p) + 0.5 * stream(p * 2.3 + 7.0);
  vec3 old = texture(before, place - flow * drift / shape).rgb;
  vec2 q = p + 0.014 * flow;
  vec3 sum = vec3(0.0);
  for (int i = 0; i < ${most}; i += 1) {
    vec4 d = drop[i];
    if (d.w <= 0.0) continue;
    vec2 away = (q - d.xy) / d.z;
    float near = dot(away, away);
    float glow = 0.75 * exp(-near * 1.6) + 0.5 * exp(-near * 7.0);
    float own = 0.7 * (fract(float(i) * 0.618) - 0.5);
    sum += d.w * glow * tint(hue + spread * own, 0.88 - 0.16 * exp(-near * 6.0));
  }
  light = vec4(mix(sum * amount, old, keep), 1.0);
}`

/** Soft lights that drift and melt into each other. */
export class Piece {
  #kit
  #sheets = null
  #drops
  #screen
  #shape = [1, 1]
  #drop = new Float32Array(4 * most)

  constructor(kit) {
    this.#kit = kit
    this.#drops = kit.program(drops)
    this.#screen = kit.program(screen)
  }

  resize(width, height) {
    this.#sheets = this.#kit.pair(width / 2, height / 2, this.#sheets)
    this.#shape = [width / height, 1]
  }

  draw({ time, dt, knobs, level, energy, pulse }) {
    const [from, to] = this.#sheets
    this.#place(time, knobs, level, energy, pulse)
    this.#kit.fill(this.#drops, {
      before: from.texture, shape: this.#shape, time, hue: knobs.hue, spread: knobs.spread, drop: this.#drop,
      keep: Math.exp(-dt / 0.25), drift: dt * (0.02 + 0.06 * knobs.speed + 0.05 * energy),
      amount: 0.6 + 0.6 * level,
    }, to)
    this.#kit.fill(this.#screen, { sheet: to.texture, shine: knobs.light })
    this.#sheets = [to, from]
  }

  /** A cluster as a sunflower's seeds, of which each goes its own small ways; the sound opens it. */
  #place(time, { size, density }, level, energy, pulse) {
    const count = 3 + density * (most - 3)
    const reach = 0.13 + 0.19 * Math.sqrt(density) + 0.1 * level + 0.05 * pulse
    const across = Math.min(1.3, this.#shape[0])
    for (let i = 0; i < most; i += 1) {
      const radius = reach * Math.sqrt((i + 0.5) / count)
      const angle = golden * i + 0.12 * time
      const wander = 0.045 + 0.05 * energy
      const x = radius * Math.cos(angle) + wander * Math.sin(0.9 * time + 2.1 * i)
      const y = radius * Math.sin(angle) + wander * Math.cos(0.7 * time + 3.7 * i)
      const breath = 0.55 + 0.8 * ((i * 0.7549) % 1) ** 2 + 0.12 * Math.sin(0.8 * time + i) + 0.35 * level
      const isThere = Math.min(1, Math.max(0, count - i))
      this.#drop.set([x * across, y, (0.03 + 0.11 * size) * breath, isThere], 4 * i)
    }
  }
}
