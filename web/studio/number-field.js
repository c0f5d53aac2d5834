import { element } from '/widgets/dom.js'

/**
 * A field for a number, which asks for a change and shows what came of it.
 *
 * @param {{ label?: string, minimum: number, maximum: number, step?: number | 'any' }} info
 * @param {(value: number) => void} ask gets a value within the limits
 * @returns {HTMLInputElement & { show(value: number): void }}
 */
export function numberField({ label, minimum, maximum, step = 'any' }, ask) {
  let shown = minimum
  const field = element('input', {
    type: 'number', min: minimum, max: maximum, step, 'aria-label': label, on: { change },
  })
  field.show = (value) => {
    shown = value
    if (document.activeElement !== field || field.valueAsNumber !== value) {
      field.value = String(Number(value.toPrecision(6)))
    }
  }
  return field

  function change() {
    const value = field.valueAsNumber
    field.valueAsNumber = shown
    if (Number.isFinite(value)) ask(Math.min(maximum, Math.max(minimum, value)))
  }
}
