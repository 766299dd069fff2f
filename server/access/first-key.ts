import { and, count, eq, isNull } from 'drizzle-orm'
import { ToolError } from '../../core/errors'
import { keys, users } from '../db/access-schema'
import type { Sql } from '../db/database'
import { addKey, rotateKey } from './key-store'
import { hashOf } from './secret'

/** Whoever runs the server: an administrator without a quota. */
const OPERATOR = { id: 'usr_operator', name: 'operator', plan: 'enterprise', isAdmin: true } as const
const FROM_VARIABLE = 'API_KEY'

/**
 * Sees to it that there is a key.
 *
 * @param given `API_KEY`; another one than at the last start takes that one's place
 * @returns a key that was made because there was none, to be told once
 */
export async function ensureFirstKey(db: Sql, given: string | undefined): Promise<string | undefined> {
  if (given !== undefined) {
    await keep(db, given)
    return undefined
  }
  const [{ total }] = await db.select({ total: count() }).from(keys)
  if (total > 0) return undefined
  // Of several processes that start at once, the one that adds the user makes the key.
  const added = await db.insert(users).values(OPERATOR).onConflictDoNothing().returning({ id: users.id })
  if (added.length === 0) return undefined
  return (await addKey(db, OPERATOR.id, 'first')).secret
}

/** Told once, where whoever starts the server sees it. */
export const firstKeySentence = (key: string): string =>
  `The first API key, told this once: ${key}\nSend it as X-API-Key. Make, replace and revoke keys with "npm run keys".`

async function keep(db: Sql, given: string): Promise<void> {
  const [known] = await db
    .select({ id: keys.id })
    .from(keys)
    .where(eq(keys.hash, hashOf(given)))
  if (known) return // also one that was revoked: what somebody ended stays so
  await db.insert(users).values(OPERATOR).onConflictDoNothing()
  const isFromVariable = and(eq(keys.userId, OPERATOR.id), eq(keys.name, FROM_VARIABLE), isNull(keys.revokedAt))
  const [earlier] = await db.select({ id: keys.id }).from(keys).where(isFromVariable)
  if (earlier && (await rotateKey(db, earlier.id, given))) return
  await addKey(db, OPERATOR.id, FROM_VARIABLE, given).catch((error) => {
    if (!(error instanceof ToolError && error.code === 'conflict')) throw error // another process was first
  })
}
