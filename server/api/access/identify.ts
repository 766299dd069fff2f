import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Route } from '../route'
import type { Caller, Family } from './caller'
import type { Gate } from './gate'

/** The contract's own words. */
export const MISSING_KEY = 'Missing API Key. Please provide X-API-Key header.'
export const INVALID_KEY = 'Invalid API Key'

export const SESSION_COOKIE = 'darkroom_session'

/** Families whose contracts ask everybody for a key; of this machine only the page is let in without. */
const WITH_KEYS: readonly (Family | undefined)[] = ['inpaint', 'copies', 'access']

type Asked = Pick<Route, 'access' | 'family'>

/** Whether nobody but the page and those with a key may call it. */
export const asksForKey = ({ access, family }: Asked): boolean => access === 'admin' || WITH_KEYS.includes(family)

/** Who sends a request, or why they are refused. */
export async function identify(c: Context, route: Asked, gate: Gate): Promise<Caller | string> {
  const key = sentKey(c)
  if (key !== undefined) {
    const holder = await gate.access.findKey(key)
    return holder ? { kind: 'key', holder } : INVALID_KEY
  }
  const token = getCookie(c, SESSION_COOKIE)
  const holder = token && !isOtherSite(c) ? await gate.access.findSession(token) : undefined
  if (holder) return { kind: 'key', holder }
  if (gate.isOnThisMachine(c) && (!asksForKey(route) || isOwnPage(c))) return { kind: 'local' }
  return isOpen(route, gate) ? { kind: 'anyone' } : MISSING_KEY
}

/** Programs that cannot set a header of their own, such as Prometheus, send it as a bearer token. */
const sentKey = (c: Context): string | undefined => c.req.header('X-API-Key') ?? bearerIn(c)

/** What `Authorization: Bearer` says. */
export const bearerIn = (c: Context): string | undefined =>
  /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1]

/** Browsers say so and let no page of another site say it. */
const isOwnPage = (c: Context): boolean => c.req.header('Sec-Fetch-Site') === 'same-origin'

/** The cookie is not sent for those either; a second lock. */
const isOtherSite = (c: Context): boolean => ['cross-site', 'same-site'].includes(c.req.header('Sec-Fetch-Site') ?? '')

const isOpen = ({ family }: Asked, { openFamilies }: Gate): boolean =>
  family !== undefined && openFamilies.includes(family)
