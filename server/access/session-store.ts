import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { KeyHolder } from '../api/access/key-holder'
import { keys, sessions, users } from '../db/access-schema'
import type { Sql } from '../db/database'
import { toHolder } from './key-store'
import { hashOf, newSecret } from './secret'

/** @returns the token, which only the browser keeps */
export async function openSession(db: Sql, { keyId }: KeyHolder, seconds: number): Promise<string> {
  const token = newSecret('ds_')
  const expiresAt = sql`now() + make_interval(secs => ${seconds}::double precision)`
  await db.insert(sessions).values({ hash: hashOf(token), keyId, expiresAt })
  return token
}

export async function findSession(db: Sql, token: string): Promise<KeyHolder | undefined> {
  const isOpen = and(eq(sessions.hash, hashOf(token)), gt(sessions.expiresAt, sql`now()`), isNull(keys.revokedAt))
  const [row] = await db
    .select({ key: keys, user: users })
    .from(sessions)
    .innerJoin(keys, eq(sessions.keyId, keys.id))
    .innerJoin(users, eq(keys.userId, users.id))
    .where(isOpen)
  return row && toHolder(row)
}

export async function closeSession(db: Sql, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.hash, hashOf(token)))
}

export async function removeExpiredSessions(db: Sql): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, sql`now()`))
}
