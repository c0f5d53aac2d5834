/** Makes the page work without a network: registers the service worker, which keeps a copy of all of it. */
const workerUrl = new URL('../service-worker.js', import.meta.url)

/**
 * @param {() => void} [onNewer] a newer version has been fetched; it is there after a reload
 * @returns {Promise<boolean>} false where the browser has no service workers or refuses them
 */
export async function keepOffline(onNewer = () => {}) {
  try {
    navigator.serviceWorker.addEventListener('message', ({ data }) => data.newer && onNewer())
    await navigator.serviceWorker.register(workerUrl)
    return true
  } catch {
    return false
  }
}
