import { still } from '/visuals/still.js'
import { element } from '/widgets/dom.js'
import { showDialog } from './dialog.js'

/** Shows pictures of the catalogue as they look; `choose` takes the one that is pressed. */
export function openGallery(infos, choose) {
  const cards = infos.map((info) => card(info, () => {
    dialog.close()
    choose(info)
  }))
  const dialog = showDialog('Pictures', [element('div', { class: 'gallery' }, ...cards)], [{ label: 'Close' }])
  drawAll(infos, cards)
}

function card({ label, help }, act) {
  return element('button', { type: 'button', on: { click: act } },
    element('span', { class: 'still' }), element('b', {}, label), element('span', { class: 'hint' }, help))
}

/** One after the other, so that the page answers in between. */
async function drawAll(infos, cards) {
  for (const [index, info] of infos.entries()) {
    if (!cards[index].isConnected) return
    const drawn = await still(info).catch(() => null)
    if (drawn) cards[index].firstElementChild.append(drawn)
    await new Promise((resolve) => setTimeout(resolve))
  }
}
