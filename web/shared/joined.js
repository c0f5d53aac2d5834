/**
 * Typed arrays one behind the other.
 * @template {Uint8Array | Float32Array} T
 * @param {new (length: number) => T} ArrayType
 * @param {T[]} pieces
 * @returns {T}
 */
export function joined(ArrayType, pieces) {
  const all = new ArrayType(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
