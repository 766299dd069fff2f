import type { Context } from 'hono'
import type { KeyHolder } from './key-holder'

/** Whose contract a route is part of; `access` is our own, of users and keys. It decides who needs a key, and the form of errors. */
export type Family = 'matching' | 'plates' | 'faces' | 'inpaint' | 'copies' | 'access'

/**
 * Who may call a route:
 * `public` everybody; `member` whoever the family lets in; `metered` the same, within the limits of their plan;
 * `admin` this machine's page and the keys of an administrator.
 */
export type RouteAccess = 'public' | 'member' | 'metered' | 'admin'

/** Who sends a request. */
export type Caller =
  /** The page, or a program, on the server's own machine; no key was asked for. */
  | { readonly kind: 'local' }
  /** Somebody who sent a key, or signed in with one. */
  | { readonly kind: 'key'; readonly holder: KeyHolder }
  /** Nobody asked who they are: the route or its family is open, or there is only one device. */
  | { readonly kind: 'anyone' }

const CALLER = 'caller'

export const setCaller = (c: Context, caller: Caller): void => c.set(CALLER, caller)

/** Who sends this request, as the guard found. */
export const callerOf = (c: Context): Caller => c.get(CALLER) ?? { kind: 'anyone' }

/** What a task that this request makes is owned by: a key's tasks are nobody else's. Null is everyone. */
export function ownerOf(c: Context): string | null {
  const caller = callerOf(c)
  return caller.kind === 'key' ? caller.holder.keyId : null
}
