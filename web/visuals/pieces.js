/** The pieces by their names in the catalogue; each is loaded when it is first shown. */
const pieces = {
  ink: () => import('./ink.js'),
  particles: () => import('./particles.js'),
  tunnel: () => import('./tunnel.js'),
  scope: () => import('./scope.js'),
  type: () => import('./type.js'),
  tiles: () => import('./tiles.js'),
}

/** The class that draws a picture of the catalogue. @param {string} name */
export async function pieceNamed(name) {
  const { Piece } = await pieces[name]()
  return Piece
}
