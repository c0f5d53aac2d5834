import { everywhere } from './glsl.js'

/** What the pieces draw with: programs, sheets to draw on, and one triangle that covers everything. */
export class Kit {
  /** @param {WebGL2RenderingContext} gl */
  constructor(gl) {
    this.gl = gl
    // Light that fades slowly needs more than 256 steps; where there are no more, it ends a little early.
    this.format = gl.getExtension('EXT_color_buffer_float') ? gl.RGBA16F : gl.RGBA8
    this.empty = gl.createVertexArray()
  }

  /**
   * A program by its two shaders.
   * @param {string} fragment
   * @param {string} [vertex] without it the fragment shader is run everywhere
   * @param {string[]} [kept] outputs of the vertex shader that are written into a buffer
   */
  program(fragment, vertex = everywhere, kept = null) {
    const { gl } = this
    const handle = gl.createProgram()
    for (const [type, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(type)
      gl.shaderSource(shader, text)
      gl.compileShader(shader)
      gl.attachShader(handle, shader)
    }
    if (kept) gl.transformFeedbackVaryings(handle, kept, gl.INTERLEAVED_ATTRIBS)
    gl.linkProgram(handle)
    if (!gl.getProgramParameter(handle, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(this.#complaint(handle))
    return { handle, places: this.#places(handle) }
  }

  #complaint(handle) {
    const { gl } = this
    const logs = gl.getAttachedShaders(handle).map((shader) => gl.getShaderInfoLog(shader))
    return [...logs, gl.getProgramInfoLog(handle)].filter(Boolean).join(' ')
  }

  /** Uniforms by name: where they are and how they are set. */
  #places(handle) {
    const { gl } = this
    const setters = {
      [gl.FLOAT]: 'uniform1f', [gl.INT]: 'uniform1i', [gl.FLOAT_VEC2]: 'uniform2fv', [gl.FLOAT_VEC3]: 'uniform3fv',
      [gl.FLOAT_VEC4]: 'uniform4fv', [gl.SAMPLER_2D]: 'sampler',
    }
    const count = gl.getProgramParameter(handle, gl.ACTIVE_UNIFORMS) ?? 0
    let unit = 0
    return Object.fromEntries(Array.from({ length: count }, (_, index) => {
      const { name, type } = gl.getActiveUniform(handle, index)
      const key = name.replace('[0]', '')
      const place = { at: gl.getUniformLocation(handle, name), set: setters[type] }
      return [key, type === gl.SAMPLER_2D ? { ...place, unit: unit++ } : place]
    }))
  }

  /** A sheet to draw on and to read from: half floats where there are any. Edges repeat the last light. */
  sheet(width, height) {
    const { gl } = this
    const texture = this.texture(gl.LINEAR)
    const [w, h] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))]
    gl.texStorage2D(gl.TEXTURE_2D, 1, this.format, w, h)
    const frame = gl.createFramebuffer()
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame)
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    return { texture, frame, width: w, height: h }
  }

  /** A bound texture without contents. */
  texture(filter) {
    const { gl } = this
    const texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, texture)
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, filter)
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE)
    return texture
  }

  /** Two sheets, of which one is read while the other is drawn on; the old ones are given back. */
  pair(width, height, old = null) {
    for (const sheet of old ?? []) this.discard(sheet)
    return [this.sheet(width, height), this.sheet(width, height)]
  }

  discard({ texture, frame }) {
    this.gl.deleteFramebuffer(frame)
    this.gl.deleteTexture(texture)
  }

  /** Makes a program ready with its values: numbers, arrays, and textures for samplers. */
  use({ handle, places }, values) {
    const { gl } = this
    gl.useProgram(handle)
    for (const name in values) {
      const place = places[name]
      if (!place) continue
      if (place.set === 'sampler') this.#bind(place, values[name])
      else gl[place.set](place.at, values[name])
    }
  }

  #bind({ at, unit }, texture) {
    const { gl } = this
    gl.activeTexture(gl.TEXTURE0 + unit)
    gl.bindTexture(gl.TEXTURE_2D, texture)
    gl.uniform1i(at, unit)
  }

  /** Draws on a sheet from now on; without one, on the canvas. */
  drawOn(sheet = null) {
    const { gl } = this
    gl.bindFramebuffer(gl.FRAMEBUFFER, sheet?.frame ?? null)
    gl.viewport(0, 0, sheet?.width ?? gl.drawingBufferWidth, sheet?.height ?? gl.drawingBufferHeight)
  }

  /** Runs a program everywhere on a sheet, or on the canvas. */
  fill(program, values, sheet = null) {
    this.drawOn(sheet)
    this.use(program, values)
    this.gl.bindVertexArray(this.empty)
    this.gl.drawArrays(this.gl.TRIANGLES, 0, 3)
  }

  /** What is drawn by `draw` adds its light to what is there. */
  add(draw) {
    const { gl } = this
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE)
    draw()
    gl.disable(gl.BLEND)
  }
}
