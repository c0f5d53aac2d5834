import { common, head, screen } from './glsl.js'

const most = 24576
const numbers = 4

// A flock: the stream carries, unseen leaders draw, a beginning scatters.
const fly = `${head}${common}
in vec4 now;
out vec4 next;
uniform float time, dt, chaos, energy, pulse;
uniform vec2 shape;
vec2 stream(vec2 p, float t) {
  vec2 flow = vec2(0.0);
  float weight = 1.0, grain = 1.3;
  for (int i = 0; i < 3; i += 1) {
    vec2 q = p * grain + vec2(0.31, -0.17) * t * grain + float(i) * 4.7;
    flow += weight * vec2(cos(q.y + 1.3 * sin(q.x * 0.7 + t * 0.4)), -cos(q.x + 1.3 * sin(q.y * 0.7 - t * 0.3)));
    weight *= 0.35 + 0.5 * chaos;
    grain *= 2.1;
  }
  return flow;
}
vec2 leader(float which) {
  float t = time * 0.23 + which * 2.1;
  return vec2(sin(t * 1.3 + 1.7 * which) * 0.62 * shape.x * 0.5, sin(t * 1.9 + 0.6) * 0.3);
}
void main() {
  float own = hash(vec2(gl_VertexID, 3.0));
  vec2 p = now.xy, v = now.zw;
  vec2 seat = turn(6.28318 * hash(vec2(gl_VertexID, 5.0))) * vec2(hash(vec2(gl_VertexID, 7.0)), 0.0);
  vec2 goal = leader(floor(own * 3.0)) + seat * vec2(0.36, 0.22) * (1.0 + energy) - p;
  vec2 wish = stream(p * 2.2, time * 0.5) * (0.1 + 0.16 * chaos) + goal * (0.55 - 0.35 * chaos) / (0.35 + dot(goal, goal));
  wish += normalize(p + 1e-4) * pulse * 0.28 * own;
  float speed = 0.7 + 0.7 * own + 1.2 * energy;
  v += (wish * speed - v) * (1.0 - exp(-dt * (1.2 + 1.8 * own)));
  p += v * dt * 1.5;
  vec2 wall = 0.5 * shape + 0.15;
  p = mod(p + wall, 2.0 * wall) - wall;
  next = vec4(p, v);
}`

const nothing = `${head}
void main() {}`

const spark = `${head}${common}
in vec4 now;
out vec3 glow;
uniform vec2 shape;
uniform float size, height, hue, amount;
void main() {
  float own = hash(vec2(gl_VertexID, 9.0));
  gl_Position = vec4(now.xy / (0.5 * shape), 0.0, 1.0);
  float wide = height * size * (0.55 + 0.9 * own * own);
  gl_PointSize = max(2.0, wide);
  float quick = smoothstep(0.0, 0.5, length(now.zw));
  glow = tint(hue + 0.13 * (own - 0.5) + 0.1 * (quick - 0.5), 0.9 - 0.45 * quick) * amount * (0.35 + own) * min(1.0, wide * wide / 4.0);
}`

const dot = `${head}
in vec3 glow;
out vec4 light;
void main() {
  vec2 away = gl_PointCoord * 2.0 - 1.0;
  float near = dot(away, away);
  light = vec4(glow * exp(-near * 4.0) * max(0.0, 1.0 - near), 1.0);
}`

const fade = `${head}
in vec2 place;
out vec4 light;
uniform sampler2D before;
uniform float keep;
void main() { light = texture(before, place) * keep; }`

/** A swarm whose every spark is moved by the graphics card alone. */
export class Piece {
  #kit
  #fly
  #spark
  #fade
  #screen
  #sheets = null
  #flocks
  #feedback
  #shape = [1, 1]
  #height = 1

  constructor(kit) {
    this.#kit = kit
    this.#fly = kit.program(nothing, fly, ['next'])
    this.#spark = kit.program(dot, spark)
    this.#fade = kit.program(fade)
    this.#screen = kit.program(screen)
    this.#feedback = kit.gl.createTransformFeedback()
    this.#flocks = [this.#flock(), this.#flock()]
  }

  /** A buffer of places and speeds, and how both programs read it. */
  #flock() {
    const { gl } = this.#kit
    const buffer = gl.createBuffer()
    const readers = [this.#fly, this.#spark].map(({ handle }) => {
      const array = gl.createVertexArray()
      gl.bindVertexArray(array)
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
      const at = gl.getAttribLocation(handle, 'now')
      gl.enableVertexAttribArray(at)
      gl.vertexAttribPointer(at, numbers, gl.FLOAT, false, 0, 0)
      return array
    })
    gl.bufferData(gl.ARRAY_BUFFER, beginning(), gl.DYNAMIC_COPY)
    return { buffer, readers }
  }

  resize(width, height) {
    this.#sheets = this.#kit.pair(width, height, this.#sheets)
    this.#shape = [width / height, 1]
    this.#height = height
  }

  draw({ time, dt, knobs, level, energy, pulse }) {
    const count = Math.round(most * (0.04 + 0.96 * knobs.density * knobs.density))
    const pace = dt * (0.25 + 1.5 * knobs.speed)
    this.#move({ time, dt: pace, chaos: knobs.chaos, energy, pulse, shape: this.#shape })
    const [from, to] = this.#sheets
    const keep = Math.exp(-dt / (0.03 + 1.2 * knobs.trail ** 2))
    this.#kit.fill(this.#fade, { before: from.texture, keep }, to)
    const size = 0.003 + 0.018 * knobs.size ** 1.5
    // As much light in all, however many sparks share it and however long it stays.
    const amount = (0.045 + 0.045 * level) * (1 - keep) * 60 * (2 / (0.5 + knobs.density)) * (0.4 + 0.3 / (0.2 + knobs.size))
    this.#kit.add(() => this.#paint({ shape: this.#shape, size, height: this.#height, hue: knobs.hue, amount }, count))
    this.#kit.fill(this.#screen, { sheet: to.texture, shine: knobs.light })
    this.#sheets = [to, from]
  }

  #move(values) {
    const { gl } = this.#kit
    const [from, to] = this.#flocks
    this.#kit.use(this.#fly, values)
    gl.bindVertexArray(from.readers[0])
    gl.bindBuffer(gl.ARRAY_BUFFER, null)
    gl.bindTransformFeedback(gl.TRANSFORM_FEEDBACK, this.#feedback)
    gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, to.buffer)
    gl.enable(gl.RASTERIZER_DISCARD)
    gl.beginTransformFeedback(gl.POINTS)
    gl.drawArrays(gl.POINTS, 0, most)
    gl.endTransformFeedback()
    gl.disable(gl.RASTERIZER_DISCARD)
    gl.bindBufferBase(gl.TRANSFORM_FEEDBACK_BUFFER, 0, null)
    gl.bindTransformFeedback(gl.TRANSFORM_FEEDBACK, null)
    this.#flocks = [to, from]
  }

  #paint(values, count) {
    const { gl } = this.#kit
    this.#kit.use(this.#spark, values)
    gl.bindVertexArray(this.#flocks[0].readers[1])
    gl.drawArrays(gl.POINTS, 0, count)
  }
}

/** A number 0…1 that looks like chance. */
const scattered = (i) => Math.abs(Math.sin(12.9898 * i + 1) * 43758.5453) % 1

/** Sparks on a disc, at rest: the same each time. */
function beginning() {
  const flock = new Float32Array(numbers * most)
  for (let i = 0; i < most; i += 1) {
    const radius = 0.45 * Math.sqrt(scattered(i))
    const angle = 2 * Math.PI * scattered(i + most)
    flock.set([1.4 * radius * Math.cos(angle), radius * Math.sin(angle)], numbers * i)
  }
  return flock
}
