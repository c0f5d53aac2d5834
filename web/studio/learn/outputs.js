// What an output of a project is: a choice between pads, knobs that follow, or gestures.

/** The kinds of outputs in the words that offer them; `drive` and `models` are what a new one begins with. */
export const outputKinds = [
  {
    task: 'categories', name: 'Choice', word: 'pads', glyph: '▦', drive: 'blend', models: ['mlp'],
    pads: ['Sound 1', 'Sound 2'], knobs: [],
    help: 'Pads: it says which of your sounds this is, and how certain it is.',
  },
  {
    task: 'continuous', name: 'Knobs', word: 'knobs', glyph: '◔', drive: 'follow', models: ['mlp'],
    pads: ['Place 1', 'Place 2'], knobs: ['Knob 1'],
    help: 'Set knobs, show a sound for them: in between, they move smoothly.',
  },
  {
    task: 'gestures', name: 'Gestures', word: 'gestures', glyph: '∿', drive: 'gesture', models: ['follower', 'dtw'],
    pads: ['Gesture 1'], knobs: [],
    help: 'Movements in time: it says which one you make, and how far you are in it.',
  },
]

const tasks = { follow: 'continuous', gesture: 'gestures' }

/** What an output learns: `categories`, `continuous` or `gestures`. */
export const taskOf = (output) => tasks[output?.drive] ?? 'categories'

/** The kind of an output in words; see `outputKinds`. */
export const kindOf = (output) => outputKinds.find(({ task }) => task === taskOf(output))

/** The kinds of models that can learn an output's task. */
export const modelsFor = (output, { models }) => models.filter(({ tasks: able }) => able.includes(taskOf(output)))

/** The kind of model a new output of a kind begins with; undefined where none can learn its task. */
export function firstModel({ task, models: wanted }, { models }) {
  const able = models.filter(({ tasks: known }) => known.includes(task))
  return wanted.map((name) => able.find((model) => model.name === name)).find(Boolean) ?? able[0]
}

/** A name that no other output has: `Knobs`, `Knobs 2`. */
export function freeName(name, outputs) {
  const taken = new Set(outputs.map((output) => output.name))
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} ${number}`
    if (!taken.has(candidate)) return candidate
  }
}
