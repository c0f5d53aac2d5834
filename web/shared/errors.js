/** A refusal in words a person can act on: what was wrong, what is allowed, what to do. */
export class StarlingError extends Error {
  name = 'StarlingError'
}
