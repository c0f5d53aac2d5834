/**
 * The moving picture behind the timeline.
 *
 * Every column of the picture is drawn once, when its time has come, into a canvas used as a ring; what is seen is
 * that ring copied in two parts. So the cost of an animation frame does not depend on how much is remembered.
 */

/** The newest data may still be on its way from the audio thread. */
const lateness = 0.1
/** Lines are wider than columns, so some columns ahead are cleared and not shown. */
const ahead = 3

export class Strip {
  #ring = document.createElement('canvas')
  #context = this.#ring.getContext('2d')
  #lanes = []
  #min = new Float32Array(1)
  #max = new Float32Array(1)
  #last = []
  #columns = 0
  #next = null
  #height = 0
  #density = 1

  set lanes(lanes) {
    this.#lanes = lanes
    this.forget()
  }

  resize(width, height, density) {
    this.#columns = Math.max(1, Math.ceil(width))
    this.#height = height
    this.#density = density
    this.#ring.width = this.#columns * density
    this.#ring.height = Math.max(1, height * density)
    this.#min = new Float32Array(this.#columns)
    this.#max = new Float32Array(this.#columns)
    this.forget()
  }

  /** Has everything drawn anew at the next `advance`. */
  forget() {
    this.#next = null
  }

  /** Draws the columns whose time has come. */
  advance(now, span) {
    const step = span / this.#columns
    const end = Math.floor((now - lateness) / step)
    const isFresh = this.#next === null || end - this.#next >= this.#columns
    const start = isFresh ? end - this.#columns : this.#next
    if (end <= start) return
    if (isFresh) this.#clear()
    this.#context.setTransform(this.#density, 0, 0, this.#density, 0, 0)
    if (!isFresh) this.#clearColumns(start, end - start)
    for (let i = 0; i < this.#lanes.length; i += 1) {
      this.#drawLane(i, start, end, now - start * step, now - end * step)
    }
    this.#next = end
  }

  /** Copies the picture so that its right edge is now. */
  copyTo(context, now, span) {
    if (this.#next === null) return
    const step = span / this.#columns
    const shift = (now - lateness) / step - this.#next
    const seam = this.#place(this.#next)
    this.#copy(context, seam + ahead, this.#columns - seam - ahead, ahead - shift)
    this.#copy(context, 0, seam, this.#columns - seam - shift)
  }

  #copy(context, from, count, to) {
    if (count <= 0) return
    const d = this.#density
    context.drawImage(this.#ring, from * d, 0, count * d, this.#ring.height, to, 0, count, this.#height)
  }

  #clear() {
    this.#context.setTransform(1, 0, 0, 1, 0, 0)
    this.#context.clearRect(0, 0, this.#ring.width, this.#ring.height)
    this.#last = this.#lanes.map(() => NaN)
  }

  #clearColumns(start, count) {
    const from = this.#place(start) + 1
    this.#context.clearRect(from, 0, count + ahead, this.#height)
    const over = from + count + ahead - this.#columns
    if (over > 0) this.#context.clearRect(0, 0, over, this.#height)
  }

  #drawLane(index, start, end, from, to) {
    const lane = this.#lanes[index]
    const count = end - start
    lane.fill(this.#min, this.#max, from, to, count)
    const context = this.#context
    context.strokeStyle = lane.color
    context.lineWidth = lane.signed ? 1.2 : 1.7
    context.beginPath()
    for (let i = 0; i < count; i += 1) this.#trace(index, this.#place(start + i), this.#min[i], this.#max[i])
    context.stroke()
  }

  /** Adds one column, joined to the one before. Positions are 0 at the lane's foot and 1 at its top. */
  #trace(index, column, min, max) {
    const before = this.#last[index]
    if (Number.isNaN(min) || Number.isNaN(max)) {
      this.#last[index] = NaN
      return
    }
    const rising = Number.isNaN(before) || before <= (min + max) / 2
    const [near, far] = rising ? [min, max] : [max, min]
    const context = this.#context
    if (Number.isNaN(before)) context.moveTo(column + 1, this.#y(index, near))
    else context.moveTo(column, this.#y(index, before))
    context.lineTo(column + 1, this.#y(index, near))
    if (near !== far) context.lineTo(column + 1, this.#y(index, far))
    this.#last[index] = far
  }

  /** Where a column, counted since the clock began, lies in the ring. */
  #place(column) {
    return ((column % this.#columns) + this.#columns) % this.#columns
  }

  #y(index, position) {
    const lane = this.#height / this.#lanes.length
    return lane * (index + 1) - lane * (0.12 + 0.76 * Math.min(1, Math.max(0, position)))
  }
}
