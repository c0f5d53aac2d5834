// Slots of the bus by the names people know, and as lists to choose from.

import { element } from '/widgets/dom.js'

/** What has parameters: tables of the document, and of the catalogue. */
export const tables = ['instruments', 'effects', 'visuals']
const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1)

/** The name of what a parameter belongs to: an instrument, effect or picture of the project, or one of the catalogue. */
export function ownerName(starling, owner) {
  const record = tables.flatMap((table) => starling.ordered(table)).find(({ kind }) => kind === owner)
  const info = tables.flatMap((table) => starling.catalogue[table]).find(({ name }) => name === owner)
  return record?.name || (info?.label ?? upperFirst(owner))
}

/** A slot as people call it: `Loudness`, `Sounds: One, certainty`, `Choir: Breath`. */
export function slotName(starling, { path, label }) {
  const [, stage, owner, , what] = path.split('/')
  if (stage === 'play') return `${ownerName(starling, owner)}: ${label}`
  if (stage !== 'learn') return label
  return `${starling.document.models[owner]?.name ?? owner}: ${label}${what ? `, ${what}` : ''}`
}

const groupNames = [['/listen/control/', 'Controls'], ['/listen/', 'Listen'], ['/learn/', 'Learn'], ['/play/', 'Play']]
const groupOf = ({ path }) => groupNames.find(([root]) => path.startsWith(root))?.[1]

/**
 * Slots as groups of options by where they come from.
 *
 * @param {object[]} slots
 * @param {{ value: (slot: object) => string, text: (slot: object) => string }} how
 */
export function slotGroups(slots, { value, text }) {
  return ['Listen', 'Controls', 'Learn', 'Play'].flatMap((label) => {
    const options = slots.filter((slot) => groupOf(slot) === label).map((slot) => element('option', { value: value(slot) }, text(slot)))
    return options.length > 0 ? [element('optgroup', { label }, ...options)] : []
  })
}

/** Fills a select anew only where its options differ: somebody may be choosing. */
export function offer(select, key, make, value) {
  if (select.dataset.shown !== key) {
    select.dataset.shown = key
    select.replaceChildren(...make())
  }
  if (select.value !== value) select.value = value
}
