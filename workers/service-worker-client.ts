import * as Comlink from 'comlink'
import { lendPool } from './lent-pool'
import { BORROW, PAGE_READY, PRIVATE, SKIP_WAITING, STAY_AWAKE } from './messages'
import { pagePool } from './page-pool'
import { guard, sealPage } from './private-guard'

const STAY_AWAKE_MS = 10_000 // browsers stop a service worker after about 30 seconds without an event
const ANSWER_MS = 3_000

interface Hooks {
  /** A new version waits; `apply` switches to it and loads the page again. */
  onUpdateReady(apply: () => void): void
  /** From now on the page works without network. */
  onOfflineReady(): void
}

/** Registers the service worker and lends it this page's workers. Does nothing where there are no service workers. */
export async function startServiceWorker({ onUpdateReady, onOfflineReady }: Hooks): Promise<void> {
  const workers = serviceWorkers()
  if (!workers) return
  lend(workers)
  const offer = offerUpdates(workers, onUpdateReady)
  const registration = await workers.register('/sw.js', { scope: '/', updateViaCache: 'none' }).catch(() => undefined)
  if (!registration) return // not built, or blocked by the user: the page works without
  if (registration.waiting) offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const { installing, active } = registration
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && active) offer(installing)
      if (installing.state === 'activated' && !active) onOfflineReady()
    })
  })
}

/** Undefined until the page has said which mode it is in. */
let chosen: boolean | undefined

/**
 * Switches private mode of this page: it refuses to send from now on, and once this has resolved the service worker
 * does too. Where there is none yet, it is told when it takes over. Other tabs keep theirs.
 */
export async function setPrivate(on: boolean): Promise<void> {
  if (on) sealPage(window)
  chosen = on
  guard.set(on)
  guard.setWorkerRefuses(false)
  const worker = serviceWorkers()?.controller
  if (worker) await tellPrivate(worker, on)
}

/** Resolves when it has answered, or did not: then this page goes on refusing by itself. */
function tellPrivate(worker: ServiceWorker, on: boolean): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const end = () => {
      clearTimeout(late)
      port1.close()
      resolve()
    }
    const late = setTimeout(end, ANSWER_MS)
    port1.onmessage = ({ data }) => {
      if (data === chosen) guard.setWorkerRefuses(data)
      end()
    }
    worker.postMessage({ type: PRIVATE, on }, [port2])
  })
}

/** Absent in insecure contexts and in some private windows. */
const serviceWorkers = (): ServiceWorkerContainer | undefined =>
  'serviceWorker' in navigator ? navigator.serviceWorker : undefined

function lend(workers: ServiceWorkerContainer): void {
  const lent = lendPool(pagePool(), signsOfLife(workers))
  workers.addEventListener('message', ({ data, ports }) => {
    if (data?.type === BORROW) Comlink.expose(lent, ports[0])
  })
  workers.startMessages()
  const announce = () => {
    if (chosen !== undefined && workers.controller) void tellPrivate(workers.controller, chosen)
    workers.controller?.postMessage({ type: PAGE_READY })
  }
  workers.addEventListener('controllerchange', () => {
    guard.setWorkerRefuses(false) // the new one has not confirmed yet
    announce()
  })
  announce()
}

/** Messages, no more often than needed: each lets the service worker live on for a while. */
function signsOfLife(workers: ServiceWorkerContainer) {
  let last = Number.NEGATIVE_INFINITY
  const beat = () => {
    if (performance.now() - last < STAY_AWAKE_MS) return
    last = performance.now()
    workers.controller?.postMessage({ type: STAY_AWAKE })
  }
  const begin = () => {
    const timer = setInterval(beat, STAY_AWAKE_MS)
    return () => clearInterval(timer)
  }
  return { begin, beat }
}

/** The page is loaded again only after its user agreed; when another page's user did, this one is asked too. */
function offerUpdates(workers: ServiceWorkerContainer, onUpdateReady: Hooks['onUpdateReady']) {
  let isControlled = workers.controller !== null
  let hasAgreed = false
  workers.addEventListener('controllerchange', () => {
    if (hasAgreed) location.reload()
    else if (isControlled) onUpdateReady(() => location.reload())
    isControlled = true
  })
  return (waiting: ServiceWorker) =>
    onUpdateReady(() => {
      hasAgreed = true
      waiting.postMessage({ type: SKIP_WAITING })
    })
}
