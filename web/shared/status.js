/** The audio thread's figures: an array of i32 that it alone writes. */
export const Status = Object.freeze({
  /** Places where something that was not a number was silenced. */
  faults: 0,
  /** Events dropped because too many came at once. */
  dropped: 1,
  /** 1 once the engine has failed and is silent. */
  broken: 2,
  /** 1 while a callback is at work. */
  busy: 3,
  /** How often the callbacks fell behind the wall clock. */
  gaps: 4,
  /** Plans and weights that the engine refused. */
  refusals: 5,
  /** Hops lost on their way to the page because it was late; only without shared memory. */
  lostHops: 6,
  /** Bytes of the engine's memory: must never change. */
  memoryBytes: 7,
  /** Sounds taken over so far. */
  sounds: 8,
})

export const statusCount = 16
