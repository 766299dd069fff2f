import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Metered } from './access'
import { type Caller, callerOf } from './caller'
import type { Gate } from './gate'
import type { KeyHolder } from './key-holder'
import { ADDRESS_LIMITS } from './plans'

/** The contract's own words, for a rate and a quota alike. */
const RATE_EXCEEDED = 'Rate limit exceeded. Please try again later.'

const ONE_REQUEST = { requests: 1, pictures: 0 }
const ONE_PICTURE = { requests: 1, pictures: 1 }
const FIRST_ERROR = 400
const CHARGE = 'charge'

/** @returns the answer when the sender's address has asked too often */
export async function meterAddress(c: Context, caller: Caller | string, gate: Gate): Promise<Response | undefined> {
  const address = gate.addressOf(c)
  const isPage = typeof caller !== 'string' && caller.kind === 'local'
  if (address === undefined || isPage) return undefined
  const metered = await gate.access.take(`address:${address}`, ADDRESS_LIMITS, ONE_REQUEST)
  for (const [name, value] of limitHeaders(metered)) c.header(name, value)
  return metered.admitted ? undefined : refuse(c, metered)
}

interface User {
  readonly holder: KeyHolder
  readonly endpoint: string
  readonly gate: Gate
}

/** Counts a request and one picture; a picture that was not delivered is given back, whosever fault that was. */
export async function meterUser(
  c: Context,
  next: () => Promise<void>,
  { holder, endpoint, gate: { access } }: User,
): Promise<Response | undefined> {
  const subject = `user:${holder.userId}`
  let metered = await access.take(subject, holder.limits, ONE_PICTURE)
  if (!metered.admitted) return refuse(c, metered)
  let pictures = ONE_PICTURE.pictures
  const charge: Charge = async (more) => {
    const taken = await access.take(subject, holder.limits, { requests: 0, pictures: more })
    if (!taken.admitted) throw new HTTPException(429, { message: RATE_EXCEEDED })
    metered = taken
    pictures += more
  }
  c.set(CHARGE, charge)
  const start = performance.now()
  await next()
  const ms = performance.now() - start
  const { status } = c.res
  if (status >= FIRST_ERROR) await access.giveBack(subject, holder.limits, pictures)
  const left = status >= FIRST_ERROR ? await access.take(subject, holder.limits, NOTHING) : metered
  for (const [name, value] of limitHeaders(left)) c.res.headers.set(name, value)
  await access.record(holder, { endpoint, status, ms, error: status >= FIRST_ERROR ? await kindOf(c.res) : null })
  return undefined
}

const NOTHING = { requests: 0, pictures: 0 }

type Charge = (more: number) => Promise<void>

/**
 * Counts the pictures of a request beyond its first.
 *
 * @throws HTTPException 429 when the quota has no room for all of them; none is counted then
 */
export async function chargePictures(c: Context, more: number): Promise<void> {
  const charge: Charge | undefined = c.get(CHARGE)
  if (charge && callerOf(c).kind === 'key' && more > 0) await charge(more)
}

function refuse(c: Context, metered: Metered): Response {
  for (const [name, value] of limitHeaders(metered)) c.header(name, value)
  const seconds = Math.ceil((metered.resetAt.getTime() - metered.now.getTime()) / 1000)
  c.header('Retry-After', String(Math.max(seconds, 1)))
  return c.json({ detail: RATE_EXCEEDED }, 429)
}

/** The time is rounded up, so that whoever waits for it is let through. */
const limitHeaders = ({ limit, remaining, resetAt }: Metered): [name: string, value: string][] => [
  ['X-RateLimit-Limit', String(limit)],
  ['X-RateLimit-Remaining', String(remaining)],
  ['X-RateLimit-Reset', String(Math.ceil(resetAt.getTime() / 1000))],
]

/** What a refusal says before its first colon: behind it can be what the sender sent. */
async function kindOf(response: Response): Promise<string | null> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined
  return typeof detail === 'string' ? detail.split(':')[0].slice(0, 100) : null
}
