import { developed, head } from './glsl.js'

const tiling = `${head}${developed}
in vec2 place;
out vec4 colour;
uniform vec2 shape;
uniform float time, hue, spread, size, fold, level, energy, pulse, shine;
vec2 mirrored(vec2 p) {
  float sector = 6.28318 / fold;
  float a = abs(mod(atan(p.y, p.x) + 0.5 * sector, sector) - 0.5 * sector);
  return length(p) * vec2(cos(a), sin(a));
}
// The nearest middle of a honeycomb and the way to it.
vec4 honeycomb(vec2 p) {
  const vec2 s = vec2(1.0, 1.7320508);
  vec4 middle = floor(vec4(p, p - vec2(0.5, 1.0)) / s.xyxy) + 0.5;
  vec4 away = vec4(p - middle.xy * s, p - (middle.zw + 0.5) * s);
  return dot(away.xy, away.xy) < dot(away.zw, away.zw) ? vec4(away.xy, middle.xy) : vec4(away.zw, middle.zw + 0.5);
}
float edge(vec2 p) {
  p = abs(p);
  return max(dot(p, vec2(0.5, 0.8660254)), p.x);
}
void main() {
  vec2 p = (place - 0.5) * shape;
  float far = length(p);
  vec2 q = fold > 1.5 ? mirrored(turn(time * 0.06) * p) : turn(time * 0.06) * p;
  q = turn(0.35 * sin(time * 0.11)) * (q + 0.1 * vec2(sin(time * 0.17), cos(time * 0.13)));
  q *= 1.0 + (0.06 + 0.12 * energy) * sin(far * 7.0 - time * 0.9) - 0.06 * pulse * exp(-far * 3.0);
  float grain = mix(13.0, 3.5, size);
  vec4 cell = honeycomb(q * grain);
  float own = hash(cell.zw * 1.7 + 5.0);
  float bright = 0.5 + 0.5 * sin(time * (0.5 + 0.7 * own) + own * 6.28318 + 5.0 * far);
  float open = mix(0.2, 0.46, smoothstep(0.1, 1.0, bright * (0.55 + 0.6 * level)));
  float away = edge(cell.xy);
  float soft = 1.5 * grain / 1080.0 + 0.008;
  float fill = smoothstep(open + soft, open - soft, away);
  float rim = exp(-pow((away - open) / (0.02 + soft), 2.0));
  float halo = exp(-max(0.0, away - open) * 16.0) * (1.0 - fill);
  float lit = bright * bright * (0.35 + 0.65 * level) + 0.05;
  float shade = hue + spread * (own - 0.5) + 0.05 * sin(far * 4.0 - time * 0.4);
  vec3 inner = tint(shade, 0.88) * fill * lit * (0.5 + 0.55 * smoothstep(0.5, 0.0, away));
  vec3 light = inner + tint(shade, 0.6) * rim * lit * 2.4 + tint(shade, 0.92) * halo * lit * 0.8;
  light *= mix(1.0, smoothstep(1.0, 0.15, far), 0.75);
  colour = shown(light, place, shine);
}`

/** A slow kaleidoscope of glowing tiles. */
export class Piece {
  #kit
  #tiling
  #shape = [1, 1]

  constructor(kit) {
    this.#kit = kit
    this.#tiling = kit.program(tiling)
  }

  resize(width, height) {
    this.#shape = [width / height, 1]
  }

  draw({ time, knobs, level, energy, pulse }) {
    const { hue, spread, size } = knobs
    this.#kit.fill(this.#tiling, {
      shape: this.#shape, time, hue, spread, size, fold: Math.round(knobs.fold), level, energy, pulse, shine: knobs.light,
    })
  }
}
