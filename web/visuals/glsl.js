// What the pieces' shaders have in common: colour, noise, and the way light becomes a picture.

/** The top of every shader. */
export const head = `#version 300 es
precision highp float;
`

/** One triangle over everything; `place` goes from 0 to 1 in the picture. */
export const everywhere = `${head}
out vec2 place;
void main() {
  place = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0;
  gl_Position = vec4(place * 2.0 - 1.0, 0.0, 1.0);
}`

/** `tint` is a colour of about equal brightness at every hue; `turn` rotates; `hash` and `noise` are the same each time. */
export const common = `
vec3 tint(float hue, float depth) {
  vec3 pure = clamp(abs(fract(hue + vec3(0.0, 2.0, 1.0) / 3.0) * 6.0 - 3.0) - 1.0, 0.0, 1.0);
  vec3 colour = mix(vec3(1.0), pure * pure * (3.0 - 2.0 * pure), depth);
  return colour * (0.45 / (0.2 + dot(colour, vec3(0.25, 0.6, 0.15))));
}
mat2 turn(float angle) {
  float c = cos(angle), s = sin(angle);
  return mat2(c, s, -s, c);
}
float hash(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * 0.1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}
float noise(vec2 p) {
  vec2 cell = floor(p), f = fract(p);
  f = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
  return mix(mix(hash(cell), hash(cell + vec2(1, 0)), f.x), mix(hash(cell + vec2(0, 1)), hash(cell + vec2(1, 1)), f.x), f.y);
}
`

/**
 * For fragment shaders: `shown` makes light, which adds up without bounds, a picture: a film's curve, then a grain finer
 * than the screen's steps, so that dark glows have no rings.
 */
export const developed = `${common}
vec4 shown(vec3 light, vec2 place, float level) {
  vec2 edge = place - 0.5;
  vec3 room = vec3(0.006, 0.006, 0.0105) * (1.0 - 1.2 * dot(edge, edge));
  vec3 colour = 1.0 - exp(-(room * smoothstep(0.0, 0.1, level) + light * level * level * 1.8));
  colour = pow(colour, vec3(1.0 / 1.7));
  float grain = hash(gl_FragCoord.xy) + hash(gl_FragCoord.yx + 71.0) - 1.0;
  return vec4(colour + grain / 255.0, 1.0);
}
`

/** Shows a sheet of light on the canvas. */
export const screen = `${head}${developed}
in vec2 place;
out vec4 colour;
uniform sampler2D sheet;
uniform float shine;
void main() { colour = shown(texture(sheet, place).rgb, place, shine); }`
