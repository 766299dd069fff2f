import type { IncomingMessage, ServerResponse } from 'node:http'

/** Names that a request's Host header may have; `any` where the server cannot know its names. */
export type AllowedHosts = readonly string[] | 'any'

/** Names that never leave this machine: `localhost`, `x.localhost`, 127.0.0.0/8 and ::1. */
export function isLoopbackName(host: string): boolean {
  const name = hostname(host)
  return name !== undefined && /^(?:.+\.)?localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(name)
}

/**
 * Refuses a request for a name that is not ours. A page of another site can point a name of its own at this machine
 * (DNS rebinding), and its browser then takes our answers for that site's; but the browser still says the name.
 *
 * @returns whether the request was refused and answered
 */
export function refuseOtherHosts(allowed: AllowedHosts, request: IncomingMessage, response: ServerResponse): boolean {
  const { host } = request.headers
  if (allowed === 'any' || (host !== undefined && isAllowed(allowed, host))) return false
  const detail = `This server does not go by the name ${JSON.stringify(host ?? '')}; ALLOWED_HOSTS lists those it does`
  // Closed, since the body of the request is not read.
  response.writeHead(421, {
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  response.end(JSON.stringify({ detail }))
  return true
}

function isAllowed(allowed: readonly string[], host: string): boolean {
  const name = hostname(host)
  return isLoopbackName(host) || (name !== undefined && allowed.some((other) => hostname(other) === name))
}

/** Without port, in one spelling: IPv6 in brackets, letters small, no dot at the end. */
function hostname(host: string): string | undefined {
  if (/[/\\?#@\s]/.test(host)) return undefined
  const bare = /^[^[\]]*:[^[\]]*:[^[\]]*$/.test(host) ? `[${host}]` : host
  return URL.canParse(`http://${bare}`) ? new URL(`http://${bare}`).hostname.replace(/\.$/, '') : undefined
}
