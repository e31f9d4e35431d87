// Registers the service worker and hands it the files of the page.

/** workOffline makes this page open again without a connection, where the browser can. */
export async function workOffline() {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  await navigator.serviceWorker.register('/worker.js')
  const { active } = await navigator.serviceWorker.ready
  const files = performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname)
  active?.postMessage({ keep: [...new Set(files)].filter((f) => f.startsWith('/assets/')) })
}
