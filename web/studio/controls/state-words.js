/** How the connections are, in words. @param {{ osc: string, message: string, midi: string, inputs: string[], outputs: string[] }} state */
export function stateWords({ osc, message, midi, inputs, outputs }) {
  return `${oscWords(osc, message)} ${midiWords(midi, [...new Set([...inputs, ...outputs])])}`
}

function oscWords(osc, message) {
  if (message) return message
  return { open: 'The OSC bridge is open.', opening: 'The OSC bridge is being opened.', closed: 'OSC is not in use.' }[osc]
}

function midiWords(midi, devices) {
  const words = {
    unasked: 'MIDI begins when you press Learn MIDI.',
    asking: 'The browser asks whether it may use MIDI.',
    refused: 'MIDI is not allowed here. Allow it in the settings of this page.',
    none: 'This browser has no MIDI.',
    open: devices.length > 0 ? `MIDI: ${devices.join(', ')}.` : 'No MIDI device is plugged in.',
  }
  return words[midi]
}
