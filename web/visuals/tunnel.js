import { common, developed, head } from './glsl.js'

// What was there before, a little larger and turned; in its middle a rosette of new light.
const deeper = `${head}${common}
in vec2 place;
out vec4 light;
uniform sampler2D before;
uniform vec2 shape;
uniform float time, zoom, angle, keep, fold, hue, level, energy, pulse, fresh;
float petal(vec2 p, float radius, float wide, float deep, float lobes) {
  float a = atan(p.y, p.x);
  float edge = radius * (1.0 + deep * cos(a * lobes + time * 0.4));
  float away = (length(p) - edge) / wide;
  return exp(-away * away);
}
void main() {
  vec2 p = (place - 0.5) * shape;
  vec2 q = turn(-angle) * p / zoom;
  vec2 source = q / shape + 0.5;
  vec3 old = texture(before, source).rgb * keep;
  // What is far out is near the viewer, and out of focus.
  vec2 blur = q * 0.003;
  old = mix(old, 0.5 * keep * (texture(before, source + blur / shape).rgb + texture(before, source - blur / shape).rgb), 0.35);
  float sector = 6.28318 / fold;
  float a = atan(p.y, p.x) + time * 0.15;
  float mirrored = abs(mod(a, sector) - 0.5 * sector);
  vec2 k = length(p) * vec2(cos(mirrored), sin(mirrored));
  float radius = 0.05 + 0.03 * level + 0.012 * pulse;
  float ring = petal(k, radius, 0.0035 + 0.003 * level, 0.18 + 0.3 * energy, fold);
  ring += 0.6 * petal(k, radius * (1.5 + 0.2 * sin(time * 0.5)), 0.0025, 0.45, 2.0);
  vec2 pearl = k - radius * 1.9 * vec2(cos(0.3 * sin(time * 0.3)), abs(sin(0.3 * sin(time * 0.3))));
  ring += 0.9 * exp(-dot(pearl, pearl) / 0.00008);
  float shade = hue + 0.09 * sin(time * 0.35) + 0.06 * cos(a * 2.0);
  float breath = 0.12 + 0.88 * smoothstep(-0.3, 1.0, sin(time * 7.0));
  light = vec4(old + fresh * breath * ring * tint(shade, 0.82), 1.0);
}`

const lens = `${head}${developed}
in vec2 place;
out vec4 colour;
uniform sampler2D sheet;
uniform vec2 shape;
uniform float shine;
void main() {
  vec2 p = (place - 0.5) * shape;
  vec3 light = texture(sheet, place).rgb;
  light *= mix(1.0, smoothstep(0.95, 0.2, length(p)), 0.6);
  colour = shown(light, place, shine);
}`

/** A flight: each picture is drawn into the one before. */
export class Piece {
  #kit
  #deeper
  #lens
  #sheets = null
  #shape = [1, 1]

  constructor(kit) {
    this.#kit = kit
    this.#deeper = kit.program(deeper)
    this.#lens = kit.program(lens)
  }

  resize(width, height) {
    this.#sheets = this.#kit.pair(width, height, this.#sheets)
    this.#shape = [width / height, 1]
  }

  draw({ time, dt, knobs, level, energy, pulse }) {
    const [from, to] = this.#sheets
    const pace = 0.25 + 1.1 * knobs.speed
    // Light thins out as it grows; a deep tunnel keeps more of it.
    const life = 0.25 + 3.2 * knobs.trail ** 2
    this.#kit.fill(this.#deeper, {
      before: from.texture, shape: this.#shape, time, hue: knobs.hue, fold: Math.round(knobs.fold), level, energy, pulse,
      zoom: Math.exp(dt * pace * (0.8 + 0.8 * energy)), angle: dt * pace * knobs.twist * 1.4, keep: Math.exp(-dt / life),
      fresh: (1.3 + level) * (1 - Math.exp(-dt * 7)),
    }, to)
    this.#kit.fill(this.#lens, { sheet: to.texture, shape: this.#shape, shine: knobs.light })
    this.#sheets = [to, from]
  }
}
