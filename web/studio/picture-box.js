import { element, setText } from '/widgets/dom.js'

/** Pictures of the project by the ids of their records: `{ box, picture }`, where it lives and what is loaded, or null. */
export const pictures = new Map()

/** Where a picture is to be seen small; it is loaded now, and says how many frames it draws a second. */
export function pictureBox(store, rack) {
  const fps = element('small', { 'aria-hidden': 'true' })
  const box = element('div', { class: 'picture' }, fps)
  const place = { box, picture: null }
  pictures.set(rack.id, place)
  store.attemptLater(async () => {
    const { openPicture } = await import('/visuals/picture.js')
    place.picture = await openPicture(store.starling, rack.info.name)
    box.prepend(place.picture)
    store.frame.write(() => setText(fps, place.picture.look()))
  })
  return box
}
