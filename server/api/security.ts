import type { MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  // Pages of this origin may use the answers under COEP; pages of another may not embed them.
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const

const NOTHING = "default-src 'none'; frame-ancestors 'none'"

/** Headers of every answer. A route that needs another policy or may be cached has set its own by then. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
  if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', NOTHING)
  if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
}

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses what another site's page makes a browser send: there are no cookies to steal, but whoever can reach a
 * private server could fill it. Programs send neither header and pass.
 */
export const sameOriginOnly: MiddlewareHandler = async (c, next) => {
  if (!SAFE.includes(c.req.method) && isForeign(c.req.raw)) {
    throw new HTTPException(403, { message: 'Requests from pages of other sites are refused' })
  }
  await next()
}

function isForeign({ headers, url }: Request): boolean {
  const site = headers.get('Sec-Fetch-Site')
  if (site) return site !== 'same-origin' && site !== 'none'
  const origin = headers.get('Origin')
  if (!origin) return false
  return !URL.canParse(origin) || new URL(origin).host !== (headers.get('Host') ?? new URL(url).host)
}
