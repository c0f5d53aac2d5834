import { element } from '/widgets/dom.js'

/** The choice of input: microphones, the test tone, a sound file, off. It shows what Starling listens to. */
export function inputSelect(store, files) {
  const { starling } = store
  const select = element(
    'select',
    { class: 'title-select', 'aria-label': 'Input', on: { change: () => choose(select.value) } },
  )
  let devices = []

  function choose(value) {
    show()
    if (value.endsWith('file')) return files.pickSound()
    const source = value.startsWith('device:') ? { deviceId: value.slice('device:'.length) } : value
    return store.attemptLater(() => starling.listen(source)).then(refresh)
  }

  async function refresh() {
    devices = (await store.attemptLater(() => starling.inputs())) ?? []
    show()
  }

  function show() {
    const { kind, label, deviceId } = starling.input
    const options = [
      ['microphone', 'Microphone'], ...devices.map((device) => [`device:${device.id}`, device.label]),
      ['tone', 'Test tone'], ['file', kind === 'file' ? label : 'Sound file…'], ['none', 'Off'],
    ]
    if (kind === 'file') options.push(['other-file', 'Another file…'])
    select.replaceChildren(...options.map(([value, text]) => element('option', { value }, text)))
    select.value = kind === 'device' ? `device:${deviceId}` : kind
  }

  store.subscribe(show)
  starling.addEventListener('input', refresh)
  navigator.mediaDevices?.addEventListener('devicechange', refresh)
  refresh()
  return select
}
