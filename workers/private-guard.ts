import { ToolError } from '../core/errors'

let isPrivate = false
let workerRefuses = false

/** The page's half of private mode. */
export const guard = {
  get isPrivate(): boolean {
    return isPrivate
  },
  set(on: boolean): void {
    isPrivate = on
  },
  /** Whether the service worker has confirmed that it refuses too, and answers REST calls on the device instead. */
  setWorkerRefuses(does: boolean): void {
    workerRefuses = does
  },
}

/**
 * Every request to the server that Darkroom makes with a body passes here first.
 *
 * @throws ToolError unavailable in private mode
 */
export function refuseWhenPrivate(body: unknown): void {
  if (isPrivate && body !== null && body !== undefined) throw refused()
}

const refused = () => new ToolError('unavailable', 'Private mode is on: nothing is sent from this device')

type Page = Pick<typeof globalThis, 'fetch' | 'XMLHttpRequest'> & { navigator: Pick<Navigator, 'sendBeacon'> }

const sealed = new WeakSet<Page>()

/**
 * Puts the guard before everything by which a script can send a body, for pages that no service worker watches: in the
 * first seconds of the first visit, or where the browser has none. Where one does, it decides.
 */
export function sealPage(page: Page): void {
  if (sealed.has(page)) return
  sealed.add(page)
  const leaks = (body: unknown) => isPrivate && !workerRefuses && body !== null && body !== undefined

  const { fetch } = page
  page.fetch = (input, init) => (leaks(bodyOf(input, init)) ? Promise.reject(refused()) : fetch.call(page, input, init))

  const { send } = page.XMLHttpRequest.prototype
  page.XMLHttpRequest.prototype.send = function guarded(body) {
    if (leaks(body)) throw refused()
    Reflect.apply(send, this, [body])
  }

  const { sendBeacon } = page.navigator
  page.navigator.sendBeacon = (url, data) => !leaks(data) && sendBeacon.call(page.navigator, url, data)
}

/** Not every browser shows the body of a Request; its method tells that there may be one. */
function bodyOf(input: RequestInfo | URL, init: RequestInit | undefined): unknown {
  const mayHave = input instanceof Request && input.method !== 'GET' && input.method !== 'HEAD'
  return init?.body ?? (mayHave ? input : undefined)
}
