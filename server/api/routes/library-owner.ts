import type { Context } from 'hono'
import { callerOf } from '../access/caller'
import type { Owner } from '../library'

/** Whose library a request is about. */
export const ownerOf = (c: Context): Owner => {
  const caller = callerOf(c)
  return caller.kind === 'key' ? caller.holder.userId : null
}
