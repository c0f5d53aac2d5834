import { button, element, keep, setText } from '/widgets/dom.js'
import { useControl } from './control-commands.js'
import { openControl } from './control-dialog.js'
import { openMonitor } from './monitor-dialog.js'
import { numberField } from '../number-field.js'
import { stateWords } from './state-words.js'

const usualPort = 9000

/** Fills the card of what other programs and devices send: controls with meters, how to learn more, and how the connections are. */
export function controlsCard(card, store, controls, takesFocus) {
  const list = element('div', { class: 'features', role: 'group', 'aria-label': 'Controls that feed the model' })
  const state = element('p', { class: 'hint', role: 'status' })
  const learner = learnRow(store, controls)
  const monitor = button('Monitor…', () => openMonitor(controls), { class: 'quiet' })
  card.querySelector('h3').append(monitor)
  card.append(list, learner, wekinatorSwitch(store, controls), state)
  const show = () => {
    setText(state, stateWords(controls.state))
    keep(list, controls.list, ({ id }) => id, (control) => row(store, controls, control), (node, control) => node.show(control))
  }
  store.subscribe(show)
  controls.addEventListener('state', () => store.changed())
  store.frame.paint(() => {
    for (const node of list.children) node.paint()
  })
  store.frame.write(() => {
    for (const node of list.children) node.write()
  })
  if (takesFocus) learner.querySelector('button').focus()
}

/** A control: whether it feeds the model, where it is now, and a way to be rid of it. */
function row(store, controls, { id }) {
  const name = element('span')
  const box = element('input', { type: 'checkbox', on: { change: () => {
    const isWanted = box.checked
    // The box shows what the document says, not what was asked for.
    box.checked = !isWanted
    store.run(useControl, store.model, id, isWanted)
  } } })
  const meter = element('starling-meter', { class: 'unlabelled' })
  const edit = button('…', () => openControl(store, id), { class: 'quiet' })
  const remove = button('×', () => store.attempt(() => controls.remove(id)), { class: 'quiet' })
  const node = element('div', { class: 'feature control', 'data-control': id }, element('label', {}, box, name), meter, edit, remove)
  let range = { low: 0, high: 1 }
  node.show = (control) => {
    range = control
    setText(name, control.name)
    meter.setAttribute('label', control.name)
    node.title = whereFrom(control)
    edit.ariaLabel = `Change ${control.name}`
    remove.ariaLabel = `Remove ${control.name}`
    box.checked = store.model?.inputs.includes(id) ?? false
    box.disabled = !store.model
    node.classList.toggle('off', !box.checked)
  }
  node.paint = () => {
    meter.position = (controls.value(id) - range.low) / (range.high - range.low)
  }
  node.write = () => {
    meter.text = String(Number(controls.value(id).toPrecision(3)))
  }
  return node
}

function whereFrom({ source, address, port, argument, message, channel, number }) {
  if (source === 'osc') return `${address}, argument ${argument + 1}, port ${port}`
  return `MIDI ${message}${number === undefined ? '' : ` ${number}`}, ${channel === 0 ? 'any channel' : `channel ${channel}`}`
}

/** Buttons that wait for the next message. Pressed again, they wait no more. */
function learnRow(store, controls) {
  let port = usualPort
  let going = null
  const field = numberField({ label: 'OSC port', minimum: 1, maximum: 65535, step: 1 }, (value) => {
    port = value
    field.show(port)
  })
  field.show(port)
  const learnOsc = button('Learn OSC', () => learn('osc'), { class: 'button' })
  const learnMidi = button('Learn MIDI', () => learn('midi'), { class: 'button' })
  const hint = element('p', { class: 'hint', role: 'status' })
  return element('div', {}, element('div', { class: 'row' }, learnOsc, element('label', {}, 'port ', field), learnMidi), hint)

  async function learn(source) {
    const isAgain = going?.source === source
    going?.abort.abort()
    if (isAgain) return
    const mine = (going = { source, abort: new AbortController() })
    show()
    try {
      await controls.learn(source, { port, signal: mine.abort.signal })
    } catch (error) {
      if (error.name !== 'AbortError') store.notices.say('error', error.message)
    }
    if (going === mine) going = null
    show()
  }

  function show() {
    learnOsc.ariaPressed = String(going?.source === 'osc')
    learnMidi.ariaPressed = String(going?.source === 'midi')
    const words = { osc: `Send a message to port ${port} now: each number in it becomes a control.`, midi: 'Move a controller or play a note now.' }
    setText(hint, words[going?.source] ?? '')
  }
}

function wekinatorSwitch(store, controls) {
  const box = element('input', { type: 'checkbox', on: { change: () => {
    const isWanted = box.checked
    box.checked = !isWanted
    store.attempt(() => {
      controls.isWekinator = isWanted
    })
  } } })
  store.subscribe(() => {
    box.checked = controls.isWekinator
  })
  return element('label', { class: 'check' }, box, 'Act as Wekinator: listen on 6448, answer to 12000')
}
