import { element, setText } from '/widgets/dom.js'
import { learnPath } from '../paths.js'

/** The name of what is recognised, in letters that the last row can read. */
export class NameBoard {
  isWanted = true

  constructor(store, isShown, isSaidElsewhere) {
    this.node = element('p', { class: 'name-board' })
    store.frame.write(() => {
      if (!isShown()) return
      this.node.hidden = !this.isWanted || isSaidElsewhere()
      setText(this.node, recognised(store) ?? '')
    })
  }
}

/** The name of the pad that is recognised now; null for none. */
function recognised({ starling, model, pads }) {
  const label = model && starling.running ? starling.bus.value(learnPath(model.id, 'label')) : -1
  return pads[label]?.name ?? null
}
