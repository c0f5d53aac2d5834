// Small helpers to build and keep page elements, shared by the widgets and the studio.

/**
 * Makes an element. Properties the element knows are set as properties, `on` holds listeners, all others
 * become attributes; absent (null, undefined, false) attributes are left out.
 *
 * @example element('button', { class: 'quiet', on: { click: save } }, 'Save')
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | null | undefined | false)} children
 */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) give(node, key, value)
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false))
  return node
}

function give(node, key, value) {
  if (key === 'on') {
    for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener)
  } else if (key in node) {
    node[key] = value
  } else if (value !== null && value !== undefined && value !== false) {
    node.setAttribute(key === 'class' ? 'class' : key, value === true ? '' : value)
  }
}

/** Makes a button that does something when it is pressed. */
export function button(label, act, properties = {}) {
  return element('button', { type: 'button', ...properties, on: { click: act } }, label)
}

/** Makes an SVG element with attributes. */
export function drawing(name, attributes = {}, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  node.append(...children)
  return node
}

/** Writes text only where it differs, so that nothing is laid out in vain. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text
}

/** Sets an attribute, or removes it for null, only where it differs. */
export function setAttribute(node, name, value) {
  if (value === null || value === undefined) {
    if (node.hasAttribute(name)) node.removeAttribute(name)
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value)
  }
}

/** Puts a node before another; what had the keyboard's focus in it keeps it. */
function moveTo(parent, node, next) {
  const focused = node.contains(document.activeElement) ? document.activeElement : null
  parent.insertBefore(node, next)
  focused?.focus({ preventScroll: true })
}

/**
 * Keeps one child a record: makes what is new, updates what stays, removes what went, in the records' order.
 * Returns the children by key.
 *
 * @template T
 * @param {Element} parent
 * @param {T[]} records
 * @param {(record: T) => string} key
 * @param {(record: T) => Element} make
 * @param {(node: any, record: T, index: number) => void} update
 */
export function keep(parent, records, key, make, update) {
  const known = parent.keptChildren ?? new Map()
  const kept = new Map()
  records.forEach((record, index) => {
    const node = known.get(key(record)) ?? make(record)
    kept.set(key(record), node)
    update(node, record, index)
    if (parent.children[index] !== node) moveTo(parent, node, parent.children[index] ?? null)
  })
  for (const [id, node] of known) if (!kept.has(id)) node.remove()
  parent.keptChildren = kept
  return kept
}
