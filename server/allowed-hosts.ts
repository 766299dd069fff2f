import type { IncomingMessage, ServerResponse } from 'node:http'

/** Names that a request's Host header may have; `any` where the server cannot know its names. */
export type AllowedHosts = readonly string[] | 'any'

/** Names that never leave this machine: `localhost`, `x.localhost`, 127.0.0.0/8 and ::1. */
export function isLoopbackName(host: string): boolean {
  const name = hostname(host) ?? ''
  return name === 'localhost' || name.endsWith('.localhost') || /^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(name)
}

/**
 * Whether a request is for a name of ours. A page of another site can point a name of its own at this machine (DNS
 * rebinding), and its browser then takes our answers for that site's; but the browser still says the name.
 *
 * @param host the Host header
 */
export function isAllowedHost(allowed: AllowedHosts, host: string | undefined): boolean {
  if (allowed === 'any') return true
  if (host === undefined) return false
  const name = hostname(host)
  return isLoopbackName(host) || (name !== undefined && allowed.some((other) => hostname(other) === name))
}

/** The answer to a request for another name. */
export const OTHER_HOST_STATUS = 421
export const otherHostDetail = (host: string | undefined): string =>
  `This server does not go by the name ${JSON.stringify(host ?? '')}; ALLOWED_HOSTS lists those it does`

/** @returns whether the request was refused and answered */
export function refuseOtherHosts(allowed: AllowedHosts, request: IncomingMessage, response: ServerResponse): boolean {
  const { host } = request.headers
  if (isAllowedHost(allowed, host)) return false
  // Closed, since the body of the request is not read.
  const headers = { 'content-type': 'application/json', 'x-content-type-options': 'nosniff', connection: 'close' }
  response.writeHead(OTHER_HOST_STATUS, headers).end(JSON.stringify({ detail: otherHostDetail(host) }))
  return true
}

/** Told by its two colons; a pattern that looks for both takes minutes for a header that is nothing but colons. */
const isBareIpv6 = (host: string): boolean => host.indexOf(':') !== host.lastIndexOf(':') && !/[[\]]/.test(host)

/** Without port, in one spelling: IPv6 in brackets, letters small, no dot at the end. */
function hostname(host: string): string | undefined {
  if (/[/\\?#@\s]/.test(host)) return undefined
  const bare = isBareIpv6(host) ? `[${host}]` : host
  return URL.canParse(`http://${bare}`) ? new URL(`http://${bare}`).hostname.replace(/\.$/, '') : undefined
}
