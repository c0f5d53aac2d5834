/**
 * Makes the page work without a network: keeps a copy of everything it may load, with the headers it came with.
 *
 * What there is to keep is found by following the paths named in the files themselves, beginning with the page. A
 * copy is taken whole or not at all; its name is the hash of its files' versions. Answers come from the copy; a few
 * seconds after the page was opened the server is asked for changes, and a changed copy serves the next visit.
 */
const prefix = 'starling-'
const page = '/'
const updateMilliseconds = 3000
const pathPattern = /["'(](\.{0,2}\/[\w./-]*\.(?:js|css|wasm|svg|png|webmanifest|json|starling))["')]/g
const textTypes = /javascript|css|html|json|manifest/

let present = findPresent()

self.addEventListener('install', (event) => event.waitUntil(update().then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return
  event.respondWith(answer(request))
  if (request.mode === 'navigate') event.waitUntil(updateLater())
})

async function answer(request) {
  const copy = await present
  return (await copy?.match(request, { ignoreSearch: true })) ?? fetch(request)
}

async function updateLater() {
  await new Promise((resolve) => setTimeout(resolve, updateMilliseconds))
  // Without a network the copy stays as it is.
  const isNewer = await update().catch(() => false)
  if (!isNewer) return
  for (const client of await self.clients.matchAll()) client.postMessage({ newer: true })
}

/** Takes a new copy if anything has changed; true if so. */
async function update() {
  const files = await crawl()
  const name = prefix + (await version(files))
  const copy = await caches.open(name)
  if (await copy.match(page)) return false
  for (const [path, response] of [...files].reverse()) await copy.put(path, response)
  present = Promise.resolve(copy)
  for (const other of await caches.keys()) if (other.startsWith(prefix) && other !== name) await caches.delete(other)
  return true
}

/** All files by path, the page first. @returns {Promise<Map<string, Response>>} */
async function crawl() {
  const files = new Map()
  const seen = new Set([page])
  for (let paths = [page]; paths.length > 0; ) {
    const found = await Promise.all(paths.map((path) => follow(path, files)))
    paths = found.flat().filter((path) => !seen.has(path) && seen.add(path))
  }
  if (!files.has(page)) throw new Error('The server does not give out the page.')
  return files
}

/** Fetches a file; the paths it names. */
async function follow(path, files) {
  const response = await fetch(path, { cache: 'no-cache' })
  // Examples in comments may name files that are not there.
  if (!response.ok) return []
  files.set(path, response.clone())
  if (!textTypes.test(response.headers.get('content-type'))) return []
  const names = [...(await response.text()).matchAll(pathPattern)].map(([, name]) => name)
  return names.map((name) => new URL(name, response.url).pathname)
}

async function version(files) {
  const tag = ({ headers }) => headers.get('etag') ?? headers.get('last-modified')
  const lines = [...files].map(([path, response]) => `${path} ${tag(response)}\n`).sort()
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines.join('')))
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The copy that is there: the one that has the page, which comes last into it. */
async function findPresent() {
  for (const name of await caches.keys()) {
    const copy = name.startsWith(prefix) && (await caches.open(name))
    if (copy && (await copy.match(page))) return copy
  }
  return undefined
}
