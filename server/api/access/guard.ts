import type { Context, MiddlewareHandler } from 'hono'
import type { Route } from '../route'
import { setCaller } from './caller'
import type { Gate } from './gate'
import { asksForKey, INVALID_KEY, identify } from './identify'
import { meterAddress, meterUser } from './metering'

/**
 * What every route passes through before its handler: who asks is found out, refused with 401 or 403, and counted. The
 * body has not been read by then.
 *
 * @param gate left out where there is one user, who may do everything
 */
export function guard(route: Route, gate: Gate | undefined): MiddlewareHandler {
  if (!gate) return (_c, next) => next()
  if (route.access === 'public') return (c, next) => letIn(c, next, route, gate)
  const check: MiddlewareHandler = async (c, next) => {
    const caller = await identify(c, route, gate)
    const isCounted = asksForKey(route) || route.access === 'metered' || caller === INVALID_KEY
    const refusal = isCounted ? await meterAddress(c, caller, gate) : undefined
    if (refusal) return refusal
    if (typeof caller === 'string') return c.json({ detail: caller }, 401)
    if (route.access === 'admin' && caller.kind === 'key' && !caller.holder.isAdmin) return notAdmin(c)
    setCaller(c, caller)
    if (route.access !== 'metered' || caller.kind !== 'key') return next()
    return meterUser(c, next, { holder: caller.holder, endpoint: `${route.method.toUpperCase()} ${route.path}`, gate })
  }
  return check
}

/** Everybody; the handler may still want to know who it is. */
async function letIn(c: Context, next: () => Promise<void>, route: Route, gate: Gate): Promise<void> {
  const caller = await identify(c, route, gate)
  if (typeof caller !== 'string') setCaller(c, caller)
  await next()
}

const notAdmin = (c: Context): Response =>
  c.json({ detail: 'Only an administrator may do this: send the key of one' }, 403)
