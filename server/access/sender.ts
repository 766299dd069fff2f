import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { isLoopbackName } from '../allowed-hosts'

const FORWARDED = ['Forwarded', 'X-Forwarded-For', 'X-Real-IP', 'Via']

/**
 * Whether a request came from this machine and from nowhere behind it: over loopback, for a name of loopback, and with no
 * word of a proxy. A proxy on this machine that says nothing of itself and changes the Host header cannot be told apart.
 */
export function isOnThisMachine(c: Context): boolean {
  const address = peerOf(c)
  const isProxied = FORWARDED.some((name) => c.req.header(name) !== undefined)
  return address !== undefined && isLoopback(address) && isLoopbackName(c.req.header('Host') ?? '') && !isProxied
}

/**
 * The sender as limits count it: hashed, so that the database has no addresses, and an IPv6 network as one, since whoever
 * has one address of it has 2^64.
 *
 * @param behindProxy whether the last proxy's word is taken for it
 */
export function addressOf(c: Context, behindProxy: boolean): string | undefined {
  const address = (behindProxy ? lastForwarded(c) : undefined) ?? peerOf(c)
  return address && createHash('sha256').update(networkOf(address)).digest('base64url').slice(0, 22)
}

/** What a client wrote itself stands further left. */
function lastForwarded(c: Context): string | undefined {
  const last = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim()
  return last && isIP(last) ? last : undefined
}

/** Undefined where another server took the request in and did not say. */
function peerOf(c: Context): string | undefined {
  const { incoming, address } = (c.env ?? {}) as Partial<HttpBindings> & Sender
  return address ?? incoming?.socket.remoteAddress
}

/** What a host without a socket of its own may say. */
export interface Sender {
  readonly address?: string
}

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/i.test(address)

function networkOf(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIP(bare) !== 6) return bare
  const [head, tail] = bare.split('%')[0].split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const groups = [...left, ...Array(Math.max(8 - left.length - right.length, 0)).fill('0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
