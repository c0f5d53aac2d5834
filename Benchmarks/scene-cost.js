/** What a block of 128 sample-frames costs in engine.wasm, by scene: median microseconds. */
import { bytesAt, engineWith, part, run, testSound, trained } from '/units/engine-runs.js'
import { EngineInstance } from '/shared/abi.js'

const chord = (count) => Array.from({ length: count }, (_, index) => 40 + 3 * index)

const scenes = {
  'listening only': { notes: [], removes: [['effects', 'reverb']] },
  '1 note': { notes: chord(1), removes: [['effects', 'reverb']] },
  '4 notes, space': { notes: chord(4), removes: [] },
  '8 notes, space': { notes: chord(8), removes: [] },
}

export async function sceneCosts(projectUrl) {
  const project = await trained(await bytesAt(projectUrl))
  const costs = {}
  for (const [name, scene] of Object.entries(scenes)) {
    const plan = await planOf(projectUrl, scene)
    costs[name] = await cost(await engineWith({ ...project, plan }, 128))
  }
  return costs
}

async function planOf(projectUrl, { notes, removes }) {
  const document = new EngineInstance(await part('document'))
  document.taken(document.exports.document_import(document.give(await bytesAt(projectUrl))))
  const changes = [
    { table: 'instruments', id: 'choir', field: 'notes', value: notes },
    ...removes.map(([table, id]) => ({ table, id, field: null, value: null })),
  ]
  document.taken(document.exports.document_apply(document.give(JSON.stringify({ name: 'Scene', changes }))))
  return document.taken(document.exports.document_plan())
}

async function cost(engine) {
  const sound = testSound(2)
  run(engine, sound, 128)
  const times = []
  for (let round = 0; round < 5; round += 1) {
    const begin = performance.now()
    run(engine, sound, 128)
    times.push((1000 * (performance.now() - begin)) / (sound.length / 128))
  }
  return times.sort((a, b) => a - b)[2]
}
