import { developed, head } from './glsl.js'
import { letterField } from './letters.js'
import { Smoother } from './smoother.js'

const letters = `${head}${developed}
in vec2 place;
out vec4 colour;
uniform sampler2D field;
uniform vec2 shape;
uniform float shine, time, hue, level, size, glow, echoes, wave, energy, pulse, amount, wide;
void main() {
  vec2 p = (place - 0.5) * shape;
  float bend = wave * (0.035 + 0.05 * energy);
  p.y += bend * sin(p.x * 5.0 + time * 1.6) + 0.5 * bend * sin(p.x * 11.0 - time * 1.1);
  p.x += 0.4 * bend * sin(p.y * 7.0 + time * 1.3);
  p /= size * (1.0 + 0.05 * sin(time * 0.9) + 0.1 * pulse);
  vec2 at = vec2(p.x / wide, -p.y * 4.0 / wide) + 0.5;
  vec2 held = clamp(at, 0.002, 0.998);
  vec2 over = (at - held) * vec2(wide, wide / 4.0);
  // In parts of the field's height; beyond the field it goes on by how far away it is.
  float away = texture(field, held).r + length(over) * 4.0 / wide;
  float soft = fwidth(away) + 0.003;
  float inside = smoothstep(soft, -soft, away);
  float beyond = max(away, 0.0);
  float halo = exp(-beyond * (26.0 - 19.0 * glow)) * 1.6 * glow + exp(-beyond * 60.0) * 0.9;
  vec3 light = amount * (inside * (0.6 + 0.4 * level) * 4.0 * tint(hue + 0.05 * sin(at.x * 5.0 - time * 0.5), 0.45) + (1.0 - inside) * halo * tint(hue, 0.9));
  float travel = fract(time * 0.12);
  for (float i = 0.0; i < echoes; i += 1.0) {
    float step = (i + travel) / max(echoes, 1.0);
    float ring = 0.03 + 0.4 * step * (0.8 + 0.35 * energy);
    float line = (away - ring) / (0.004 + 0.008 * step);
    float seen = smoothstep(0.0, 0.12, step) * (1.0 - step) * (1.0 - step);
    light += amount * exp(-line * line) * seen * 1.1 * tint(hue + 0.12 * step, 0.85);
  }
  colour = shown(light, place, shine);
}`

/** What is recognised, in letters that breathe; before anything is, the name of this studio, softly. */
export class Piece {
  #kit
  #letters
  #texture
  #shape = [1, 1]
  #name = null
  #presence = 0
  #loud = new Smoother()

  constructor(kit) {
    this.#kit = kit
    this.#letters = kit.program(letters)
    this.#texture = kit.texture(kit.gl.LINEAR)
    this.#write('Starling')
  }

  resize(width, height) {
    this.#shape = [width / height, 1]
  }

  #write(name) {
    const { gl } = this.#kit
    const { width, height, away } = letterField(name)
    gl.bindTexture(gl.TEXTURE_2D, this.#texture)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16F, width, height, 0, gl.RED, gl.FLOAT, away)
    this.#name = name
  }

  draw({ time, dt, knobs, name, level, energy, pulse }) {
    this.#follow(name, dt)
    const loud = this.#loud.next(name === null ? 0.35 : 1, dt)
    const { hue, glow, echoes, wave } = knobs
    // The field is as wide as the picture at most.
    const size = (0.45 + 0.9 * knobs.size) * (1 + 0.12 * level)
    this.#kit.fill(this.#letters, {
      field: this.#texture, shape: this.#shape, time, hue, glow, echoes: Math.round(echoes), wave, level, energy, pulse,
      size, wide: Math.min(this.#shape[0], 2.2) * 1.05, amount: this.#presence * loud, shine: knobs.light,
    })
  }

  /** Another name comes when the last one has gone. */
  #follow(name, dt) {
    const wanted = name ?? this.#name
    const isSame = wanted === this.#name
    this.#presence += ((isSame ? 1 : 0) - this.#presence) * (1 - Math.exp(-dt / 0.15))
    if (!isSame && this.#presence < 0.08) this.#write(wanted)
  }
}
