// Makes garbage on the audio thread: what the trace must be able to see.
registerProcessor('allocating', class extends AudioWorkletProcessor {
  process() {
    this.garbage = Array.from({ length: 300 }, (_, index) => ({ index }))
    return true
  }
})
