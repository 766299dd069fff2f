/// <reference lib="webworker" />
import { CacheFirst, type PrecacheEntry, Serwist, type SerwistPlugin } from 'serwist'
import { registry } from '../operators/registry'
import { createApp } from '../server/api/app'
import { DOCS_ASSETS } from '../server/api/paths'
import { createDatabase } from './device/database'
import { createFileStore } from './device/file-store'
import { createPageCompute } from './device/page-compute'
import { Privacy } from './device/privacy'
import { createSettings } from './device/settings-store'
import { createTaskStore } from './device/task-store'
import { createDeviceEngine } from './device-engine'
import { PAGE_READY, PRIVATE } from './messages'
import { modelStore } from './models/store'
import { install, type Precache, repair } from './precache'
import { type Answerer, taskInPath, whoAnswers } from './who-answers'

declare const self: ServiceWorkerGlobalScope

/** Written in by the build: static files with their revisions, and the revision of the pages. */
declare const PRECACHE: PrecacheEntry[]
declare const PAGES_REVISION: string
/** Paths of static files too large to store before they are asked for. */
declare const ON_DEMAND: string[]

const PAGE_WAIT_MS = 3_000 // on a network that does not answer, the stored page is shown after this long

const LONGEST_EVENT_MS = 240_000
const ON_DEMAND_CACHE = 'darkroom-on-demand'

const pages = ['/', '/dashboard', '/library', '/folder', '/bench', ...registry.map(({ spec }) => `/tools/${spec.id}`)]

/**
 * A stored response carries its own URL, which would become a worker's location and drop the fragment in which the
 * bundler passes arguments. A response made anew has none, and the request's is used.
 */
const keepRequestUrl: SerwistPlugin = {
  cachedResponseWillBeUsed: async ({ cachedResponse }) =>
    cachedResponse && new Response(cachedResponse.body, cachedResponse),
}

const entries = [...PRECACHE, ...pages.map((url) => ({ url, revision: PAGES_REVISION }))]

const serwist = new Serwist({
  precacheEntries: entries,
  precacheOptions: { plugins: [keepRequestUrl], cleanupOutdatedCaches: true },
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ url, sameOrigin }) => sameOrigin && ON_DEMAND.includes(url.pathname),
      handler: new CacheFirst({ cacheName: ON_DEMAND_CACHE, plugins: [keepRequestUrl] }),
    },
  ],
})

const precache: Precache = {
  entries,
  // Code and pages belong together; samples, icons and documentation can come later.
  isNeeded: (path) => path.startsWith('/_next/') || path === '/theme.js' || pages.includes(path),
  isStored: async (url) => (await serwist.matchPrecache(url)) !== undefined,
  store: async (url, response) => {
    const key = serwist.getPrecacheKeyForUrl(url)
    const cache = await caches.open(serwist.precacheStrategy.cacheName)
    // Made anew, since no page opens from a response that was redirected.
    if (key) await cache.put(key, response.redirected ? new Response(response.body, response) : response)
  },
}

let repaired: Promise<void> | undefined

/** Once in the life of this worker; it is started anew often enough. */
function repairOnce(): Promise<void> {
  repaired ??= repair(precache)
  return repaired
}

/** What an older version had stored on demand and this one does not have. */
async function forgetOldOnDemand(): Promise<void> {
  const cache = await caches.open(ON_DEMAND_CACHE)
  for (const request of await cache.keys()) {
    if (!ON_DEMAND.includes(new URL(request.url).pathname)) await cache.delete(request)
  }
}

const database = createDatabase()
const privacy = new Privacy(database)
const engine = createDeviceEngine({
  tasks: createTaskStore(database),
  files: createFileStore(navigator.storage),
  compute: createPageCompute(self.clients),
  settings: createSettings(database),
  shelf: modelStore,
})
const app = createApp(engine, { assets: { open: openDocsAsset } })

async function openDocsAsset(name: string) {
  const response = await serwist.matchPrecache(`/${DOCS_ASSETS}/${name}`)
  if (!response) return undefined
  const blob = await response.blob()
  return { body: blob.stream(), size: blob.size, type: blob.type }
}

self.addEventListener('install', (event) => event.waitUntil(install(precache)))
self.addEventListener('activate', serwist.handleActivate)
self.addEventListener('activate', (event) => event.waitUntil(Promise.all([forgetOldOnDemand(), engine.resume()])))

// Started again after the browser stopped it.
if (self.serviceWorker.state === 'activated') void engine.resume()
void privacy.isOn('')

self.addEventListener('message', (event) => {
  const { source } = event
  if (event.data?.type === PRIVATE && source instanceof Client) {
    event.waitUntil(changePrivacy(source.id, event.data.on === true, event.ports[0]))
  }
  if (event.data?.type === PAGE_READY) event.waitUntil(Promise.all([engine.resume().then(untilIdle), repairOnce()]))
})

/** Longer work is kept alive by messages of the page that does it: an event of five minutes would end this worker. */
const untilIdle = () =>
  Promise.race([engine.idle(), new Promise<void>((resolve) => setTimeout(resolve, LONGEST_EVENT_MS))])

async function changePrivacy(client: string, on: boolean, answer: MessagePort): Promise<void> {
  const all = await self.clients.matchAll({ type: 'all', includeUncontrolled: true })
  await privacy.set(
    client,
    on,
    all.map(({ id }) => id),
  )
  answer.postMessage(on)
}

self.addEventListener('fetch', (event) => {
  const quick = answerAtOnce(event)
  if (quick === 'browser') {
    if (event.request.mode === 'navigate') event.respondWith(page(event.request))
    else serwist.handleFetch(event)
  } else if (quick !== 'network') {
    const answered = answer(event)
    event.respondWith(answered)
    event.waitUntil(answered.then(untilIdle)) // a task goes on after its request is answered
  }
})

/** Undefined when storage has to be asked first. */
function answerAtOnce({ request, clientId }: FetchEvent): Answerer | undefined {
  const isPrivate = privacy.known(clientId)
  if (isPrivate === undefined && request.method !== 'GET') return undefined
  const answerer = whoAnswers({
    request,
    origin: self.location.origin,
    isPrivate: isPrivate === true,
    isOurTask: false,
  })
  return answerer === 'browser' || (answerer === 'network' && isPrivate === false) ? answerer : undefined
}

async function answer({ request, clientId }: FetchEvent): Promise<Response> {
  const uid = taskInPath(new URL(request.url).pathname)
  const isPrivate = await privacy.isOn(clientId)
  const isOurTask = uid !== undefined && (await engine.knows(uid))
  switch (whoAnswers({ request, origin: self.location.origin, isPrivate, isOurTask })) {
    case 'browser':
    case 'network':
      return fetch(request)
    case 'device':
      return app.fetch(request)
    case 'network-then-device':
      return networkThenDevice(request)
    case 'nobody':
      return Response.json({ detail: 'Private mode is on: nothing is sent from this device' }, { status: 403 })
  }
}

async function networkThenDevice(request: Request): Promise<Response> {
  if (!navigator.onLine) return app.fetch(request)
  const spare = request.clone()
  try {
    return await fetch(request)
  } catch (error) {
    if (request.signal.aborted) throw error // its sender wants no answer, from nobody
    return app.fetch(spare)
  }
}

/** A page from the network, or as it was when this service worker was installed. */
async function page(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url)
  const fresh = fetch(request)
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PAGE_WAIT_MS))
  const first = await Promise.race([fresh, late]).catch(() => undefined)
  if (first && first.status < 500) return first
  const stored = (await serwist.matchPrecache(origin + pathname)) ?? (await serwist.matchPrecache('/'))
  return stored ?? fresh
}
