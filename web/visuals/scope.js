import { common, head, screen } from './glsl.js'
import { BeamPath } from './beam-path.js'

// Each piece of the beam's way is a rectangle with round ends; where the beam is slow, there is more light.
const segment = `${head}
in vec2 start, end;
out vec2 at;
out float way;
uniform vec2 shape;
uniform float wide;
void main() {
  vec2 along = end - start;
  way = length(along);
  along = way > 1e-6 ? along / way : vec2(1, 0);
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 reach = wide * (corner * 2.0 - 1.0);
  vec2 p = mix(start, end, corner.x) + along * reach.x + vec2(-along.y, along.x) * reach.y;
  at = vec2(mix(-wide, way + wide, corner.x), reach.y) / wide;
  way /= wide;
  gl_Position = vec4(p / (0.5 * shape), 0.0, 1.0);
}`

// The integral of a Gaussian spot that travels from 0 to \`way\`; the error function after Abramowitz and Stegun, 7.1.27.
const beam = `${head}${common}
in vec2 at;
in float way;
out vec4 light;
uniform float hue, amount;
float erf(float x) {
  float a = abs(x);
  float d = 1.0 + a * (0.278393 + a * (0.230389 + a * (0.000972 + a * 0.078108)));
  d *= d;
  return sign(x) * (1.0 - 1.0 / (d * d));
}
void main() {
  const float sharp = 3.2;
  float core = exp(-at.y * at.y * sharp * sharp) * (erf(at.x * sharp) - erf((at.x - way) * sharp)) / max(way, 0.05);
  float soft = exp(-at.y * at.y * 5.0) * (erf(at.x * 2.2) - erf((at.x - way) * 2.2)) / max(way, 0.05);
  light = vec4(amount * (core * tint(hue, 0.45) + 0.45 * soft * tint(hue, 0.9)), 1.0);
}`

const fade = `${head}
in vec2 place;
out vec4 light;
uniform sampler2D before;
uniform vec2 step;
uniform float keep, grow;
void main() {
  vec2 from = 0.5 + (place - 0.5) * grow;
  vec4 around = texture(before, from + step) + texture(before, from - step) + texture(before, from + vec2(step.x, -step.y))
    + texture(before, from + vec2(-step.x, step.y));
  light = mix(texture(before, from), 0.25 * around, 0.2) * keep;
}`

/** The sound itself, drawn by a beam of light. */
export class Piece {
  #kit
  #path = new BeamPath()
  #beam
  #fade
  #screen
  #sheets = null
  #shape = [1, 1]
  #buffer
  #reader

  constructor(kit) {
    this.#kit = kit
    this.#beam = kit.program(beam, segment)
    this.#fade = kit.program(fade)
    this.#screen = kit.program(screen)
    this.#read(kit.gl)
  }

  #read(gl) {
    this.#buffer = gl.createBuffer()
    this.#reader = gl.createVertexArray()
    gl.bindVertexArray(this.#reader)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer)
    gl.bufferData(gl.ARRAY_BUFFER, this.#path.points.byteLength, gl.STREAM_DRAW)
    for (const [name, offset] of [['start', 0], ['end', 8]]) {
      const at = gl.getAttribLocation(this.#beam.handle, name)
      gl.enableVertexAttribArray(at)
      gl.vertexAttribPointer(at, 2, gl.FLOAT, false, 8, offset)
      gl.vertexAttribDivisor(at, 1)
    }
  }

  resize(width, height) {
    this.#sheets = this.#kit.pair(width, height, this.#sheets)
    this.#shape = [width / height, 1]
  }

  draw({ time, dt, knobs, wave, level, isCalm }) {
    const { gl } = this.#kit
    const [from, to] = this.#sheets
    const keep = Math.exp(-dt / (0.02 + 0.5 * knobs.trail ** 2))
    this.#path.follow(wave, { ...knobs, time, dt, isCalm, across: this.#shape[0] })
    this.#kit.fill(this.#fade, { before: from.texture, step: [1 / to.width, 1 / to.height], keep, grow: Math.exp(-0.3 * dt) }, to)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer)
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.#path.points)
    const wide = 0.008 + 0.045 * knobs.width
    const values = { shape: this.#shape, wide, hue: knobs.hue, amount: (0.16 + 0.25 * level) * Math.min(1, dt * 7) * (0.5 + 0.012 / wide) }
    this.#kit.add(() => {
      this.#kit.use(this.#beam, values)
      gl.bindVertexArray(this.#reader)
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#path.count - 1)
    })
    this.#kit.fill(this.#screen, { sheet: to.texture, shine: knobs.light })
    this.#sheets = [to, from]
  }
}
