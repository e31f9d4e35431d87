/// <reference lib="webworker" />
// The service worker: it lets pages open without a connection. Files under
// /assets/ carry their content in their name and come from the cache once they
// were loaded; pages come from the server, and from the cache when there is
// none. It never touches /v1: counts wait in the page's own queue.

const worker = self as unknown as ServiceWorkerGlobalScope
const cacheName = 'breakwater-1'
const page = '/'

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.add(page)).then(() => worker.skipWaiting()))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim())
})

/** The page tells which files it was loaded from, because it was loaded before the worker watched. */
worker.addEventListener('message', (event: ExtendableMessageEvent) => {
  const files = (event.data as { keep?: string[] }).keep ?? []
  event.waitUntil(caches.open(cacheName).then((cache) => Promise.all(files.map((f) => keep(cache, f)))))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin || url.pathname.startsWith('/v1/')) return
  if (url.pathname.startsWith('/assets/')) event.respondWith(fromCacheFirst(request))
  else if (request.mode === 'navigate') event.respondWith(fromServerFirst(request))
})

async function keep(cache: Cache, file: string) {
  if (!(await cache.match(file))) await cache.add(file)
}

async function fromCacheFirst(request: Request) {
  const cache = await caches.open(cacheName)
  const kept = await cache.match(request)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await cache.put(request, fresh.clone())
  return fresh
}

async function fromServerFirst(request: Request) {
  const cache = await caches.open(cacheName)
  try {
    const fresh = await fetch(request)
    if (fresh.ok) await cache.put(page, fresh.clone())
    return fresh
  } catch {
    return (await cache.match(page)) ?? Response.error()
  }
}
