import { Starling } from '/lib/starling.js'
import { keepOffline } from '/lib/offline.js'
import '/widgets/all.js'
import { Checking } from './learn/checking.js'
import { controlsDoor } from './controls/door.js'
import { Files } from './files.js'
import { Frame } from './frame.js'
import { Hands } from './hands.js'
import { headerView } from './header-view.js'
import { openHelp } from './help-dialog.js'
import { KnobHands } from './learn/knob-hands.js'
import { learnView } from './learn/learn-view.js'
import { listenView } from './listen-view.js'
import { keepMoment, memoryView } from './memory-view.js'
import { padsView } from './pads-view.js'
import { performDoor } from './perform-door.js'
import { playView } from './play-view.js'
import { listenToKeys } from './shortcuts.js'
import { showStart } from './start-dialog.js'
import { Store } from './store.js'
import { Teaching } from './teaching.js'

const find = (id) => document.getElementById(id)
const notices = find('notices')

/** Puts the studio together around a Starling. */
function build(starling) {
  const frame = new Frame()
  const store = new Store(starling, frame, notices)
  const hands = new Hands(store)
  const knobHands = new KnobHands(store)
  const teaching = new Teaching(store, hands, knobHands)
  const checking = new Checking(store, teaching)
  const files = new Files(store)
  const start = () => begin(store)
  const togglePlaying = () => store.attempt(() => {
    starling.playing = !starling.playing
    store.changed()
  })
  const stage = performDoor(find('header'), store, hands)
  headerView(find('header'), store, files, start)
  listenView(find('listen'), store, files)
  learnView(find('learn-heading'), find('learn'), store, { knobHands, checking, files })
  padsView(find('learn'), store, teaching)
  playView(find('play-heading'), find('play'), store, hands, teaching)
  controlsDoor(find('listen'), find('play'), store)
  memoryView(find('memory'), store, teaching, togglePlaying)
  listenToKeys({
    undo: () => store.undo(),
    redo: () => store.redo(),
    save: () => files.save(),
    keep: () => keepMoment(store, teaching),
    help: openHelp,
    togglePlaying,
    turnOutput: (step) => turnOutput(store, step),
    perform: () => stage.toggle(),
    press: () => !stage.isOpen && store.chosen && teaching.press(store.chosen.id),
    pressNumber: (index) => (stage.isOpen ? stage.press(index) : store.pads[index] && teaching.press(store.pads[index].id)),
    letUp: () => teaching.letUp(),
  })
  frame.start()
  showStart(start)
}

/** Turns to the next output, or the one before. */
function turnOutput(store, step) {
  const { outputs, model } = store
  const next = outputs[(outputs.indexOf(model) + step + outputs.length) % outputs.length]
  if (next) store.chooseOutput(next.id)
}

/** Begins the sound, then listens to what the project listens to. The instrument sounds while the browser asks. */
async function begin(store) {
  const { starling } = store
  await store.attemptLater(async () => {
    await starling.start()
    store.changed()
    const kind = starling.ordered('inputs')[0]?.kind ?? 'microphone'
    await starling.listen(kind === 'file' ? 'none' : kind)
  })
  store.changed()
}

try {
  const starling = await Starling.create()
  globalThis.starling = starling // for whoever opens the browser's console
  build(starling)
  keepOffline(() => notices.say('done', 'A newer Starling is here: it comes with the next reload.'))
} catch (error) {
  notices.say('error', `Starling cannot run here: ${error.message}`)
  throw error
} finally {
  find('loading').remove()
}
