import type { Context } from 'hono'
import { callerOf } from '../access/caller'

/** Whose keys and usage a sender may see and change; undefined is everybody's. */
export function managedUser(c: Context): string | undefined {
  const caller = callerOf(c)
  return caller.kind === 'key' && !caller.holder.isAdmin ? caller.holder.userId : undefined
}
