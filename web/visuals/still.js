import { pieceNamed } from './pieces.js'
import { RehearsedKnobs, RehearsedSound } from './rehearsal.js'
import { Stage } from './stage.js'

const width = 320
const height = 180
const steps = 90

/**
 * A still of a picture, as it looks after a moment of rehearsed music.
 * @param {object} info its record in the catalogue
 * @returns {Promise<HTMLCanvasElement>} 320 × 180, drawn on; empty where the browser draws no pictures
 */
export async function still(info) {
  const Piece = await pieceNamed(info.name)
  const still = Object.assign(document.createElement('canvas'), { width, height })
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const stage = new Stage(canvas, Piece, { sound: new RehearsedSound({ name: info.label }), knobs: new RehearsedKnobs(info) })
  // Long feedback takes a moment.
  for (let step = 0; step < steps; step += 1) stage.step(1 / 30)
  if (stage.isReady) still.getContext('2d').drawImage(canvas, 0, 0)
  stage.end()
  return still
}
