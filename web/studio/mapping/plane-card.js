import '/widgets/plane.js'
import { button, element, setText } from '/widgets/dom.js'
import { mark } from '/widgets/marks.js'
import { freshId } from '../changes.js'
import { soundNow } from '../parameters.js'
import { addPoint, movePoint, placeCursor, removePoint, renamePoint } from './plane-commands.js'
import { pointSoundSelect } from './point-sound.js'

const paths = { x: '/play/plane/x', y: '/play/plane/y' }

/**
 * Fills the card of the plane: sounds at points, and the cursor between them.
 *
 * @returns {{ focus: () => void }}
 */
export function planeCard(card, store, hands) {
  const { starling, frame } = store
  let chosen = null
  const points = () => starling.ordered('points')
  const point = () => points().find(({ id }) => id === chosen)
  const plane = element('starling-plane', { label: 'Plane of sounds', on: {
    'cursor-input': ({ detail }) => turn(store, hands, detail, false),
    'cursor-change': ({ detail }) => turn(store, hands, detail, true),
    'point-input': ({ detail: { id, x, y, turn: count } }) => {
      store.runMerged(`${id} ${count}`, movePoint, points().find((one) => one.id === id), x, y)
    },
    'point-pick': ({ detail }) => choose(detail.id),
    'point-remove': () => remove(),
  } })
  const add = button('Put the present sound here', () => put(), { class: 'button' })
  const hint = element('p', { class: 'hint' })
  const bar = pointBar(store, point, remove)
  card.append(plane, element('div', { class: 'row' }, add), bar, hint)
  store.subscribe(() => {
    const all = points()
    plane.show({ points: all.map((one, index) => ({ ...one, mark: mark(index) })), chosen })
    bar.show(point())
    setText(hint, words(all.length))
  })
  frame.paint(() => plane.moveTo(starling.bus.value(paths.x), starling.bus.value(paths.y)))
  return { focus: () => add.focus() }

  function choose(id) {
    if (chosen === id) return
    chosen = id
    store.changed()
  }

  function put() {
    const id = freshId('point')
    const [x, y] = [paths.x, paths.y].map((path) => Number(starling.bus.value(path).toFixed(3)))
    if (store.run(addPoint, id, { name: freeName(points()), x, y, sound: { values: soundNow(store) } })) choose(id)
  }

  function remove() {
    const gone = point()
    if (!gone || !store.run(removePoint, gone)) return
    store.sayUndoable(`${gone.name} was taken off the plane.`)
    plane.cursor.focus()
  }
}

function words(count) {
  if (count === 0) return 'Set the knobs to a sound you like, then put it here. Move the cursor and put another.'
  if (count === 1) return 'One sound is everywhere the same. Move the cursor, change the knobs, put another.'
  return 'The nearer a point, the more of its sound. Mappings, pads and models can move the cursor too.'
}

function freeName(points) {
  const names = new Set(points.map(({ name }) => name))
  let number = 1
  while (names.has(`Sound ${number}`)) number += 1
  return `Sound ${number}`
}

/** Moves the cursor by hand: held while it moves, one step to undo when it ends. */
function turn(store, hands, place, isFinal) {
  const { starling } = store
  const turns = Object.entries(paths).map(([axis, path]) => {
    const slot = starling.slots.find((one) => one.path === path)
    return { axis, slot, position: starling.position(slot, place[axis]) }
  })
  // Both at once as the hands will say them, who then have nothing new to say.
  if (isFinal) store.run(placeCursor, Object.fromEntries(turns.map(({ axis, slot, position }) => [axis, starling.value(slot, position)])))
  for (const { slot, position } of turns) hands.turn(slot, position, isFinal)
}

/** The chosen point: its name, its sound, its end. */
function pointBar(store, point, remove) {
  const rename = () => {
    const wanted = name.value.trim()
    if (wanted && wanted !== point().name) store.run(renamePoint, point(), wanted)
    else name.value = point().name
  }
  const name = element('input', { class: 'text-field', maxLength: 40, 'aria-label': 'Name of the point', on: { change: rename } })
  const sound = pointSoundSelect(store, point)
  const node = element('div', { class: 'row point-bar' }, name, sound, button('Remove', remove, { class: 'quiet', 'aria-label': 'Remove the point' }))
  node.show = (shown) => {
    node.hidden = !shown
    if (!shown) return
    if (document.activeElement !== name) name.value = shown.name
    sound.show(shown)
  }
  return node
}
