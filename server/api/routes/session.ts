import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import { callerOf, setCaller } from '../access/caller'
import type { Gate } from '../access/gate'
import { INVALID_KEY, SESSION_COOKIE } from '../access/identify'
import { meterAddress } from '../access/metering'
import { SessionObject, SignIn, toUserObject } from '../contracts/access'
import { jsonBody, readJson } from '../json-body'
import { defineRoute, type Route } from '../route'
import { needGate } from './need-gate'

const TAG = 'Access'
const DAYS_30 = 30 * 24 * 60 * 60 // seconds

/** How the page proves who uses it, where it is not on the server's own machine. */
export const sessionRoutes = (gate: Gate | undefined): readonly Route[] => [read(gate), signIn(gate), signOut(gate)]

function read(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/session',
    access: 'public',
    operation: {
      id: 'getSession',
      tag: TAG,
      summary: 'Who is asking',
      answers: { 200: { description: 'Whoever it is', schema: SessionObject } },
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/session',
    },
    handle: async (c) => c.json(await sessionOf(c, gate)),
  })
}

function signIn(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/session',
    access: 'public',
    operation: {
      id: 'signIn',
      tag: TAG,
      summary: 'Sign in with a key',
      description:
        'Sets a cookie that lasts 30 days and that no script can read; it stands for the key in requests of the page. It ends with the key.',
      body: jsonBody({ $ref: '#/components/schemas/SignIn' }),
      answers: { 200: { description: 'Signed in', schema: SessionObject } },
      refusals: [401, 413, 422, 429, 503],
      shell: `curl -c cookies -H 'Content-Type: application/json' -d '{"key": "…"}' $HOST/api/v1/session`,
    },
    handle: async (c) => {
      const known = needGate(gate)
      const refusal = await meterAddress(c, INVALID_KEY, known) // else it would be the place to try keys at
      if (refusal) return refusal
      const { key } = await readJson(c, SignIn)
      const holder = await known.access.findKey(key)
      if (!holder) throw new HTTPException(401, { message: INVALID_KEY })
      setCookie(c, SESSION_COOKIE, await known.accounts.openSession(holder, DAYS_30), {
        ...{ httpOnly: true, sameSite: 'Strict', path: '/', maxAge: DAYS_30 },
        secure: isHttps(c),
      })
      setCaller(c, { kind: 'key', holder })
      return c.json(await sessionOf(c, gate))
    },
  })
}

function signOut(gate: Gate | undefined): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/v1/session',
    access: 'public',
    operation: {
      id: 'signOut',
      tag: TAG,
      summary: 'Sign out',
      answers: { 204: { description: 'The session is over' } },
      shell: 'curl -X DELETE -b cookies $HOST/api/v1/session',
    },
    handle: async (c) => {
      const token = deleteCookie(c, SESSION_COOKIE, { path: '/' }) ?? getCookie(c, SESSION_COOKIE)
      if (token) await gate?.accounts.closeSession(token)
      return c.body(null, 204)
    },
  })
}

async function sessionOf(c: Context, gate: Gate | undefined): Promise<z.infer<typeof SessionObject>> {
  const caller = callerOf(c)
  if (!gate || caller.kind === 'anyone') return { caller: gate ? 'none' : 'local', admin: !gate, user: null }
  if (caller.kind === 'local') return { caller: 'local', admin: true, user: null }
  const user = await gate.accounts.findUser(caller.holder.userId)
  return { caller: 'key', admin: caller.holder.isAdmin, user: user ? toUserObject(user) : null }
}

/** Also behind a proxy that ends TLS. */
const isHttps = (c: Context): boolean =>
  c.req.header('X-Forwarded-Proto') === 'https' || new URL(c.req.url).protocol === 'https:'
