import { randomBytes } from 'node:crypto'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { ToolError } from '../../core/errors'
import type { Key, MadeKey } from '../api/access/accounts'
import type { KeyHolder } from '../api/access/key-holder'
import { type KeyRow, keys, sessions, type UserRow, users } from '../db/access-schema'
import type { Sql } from '../db/database'
import { limitsOf } from './limits'
import { hashOf, isHashOf, newSecret, shownParts } from './secret'
import { findUser } from './user-store'

const withUser = { key: keys, user: users }

/** Whose key it is; undefined where it is nobody's or was revoked. */
export async function findHolder(db: Sql, secret: string): Promise<KeyHolder | undefined> {
  const mine = and(eq(keys.hash, hashOf(secret)), isNull(keys.revokedAt))
  const [row] = await db.select(withUser).from(keys).innerJoin(users, eq(keys.userId, users.id)).where(mine)
  if (!row || !isHashOf(row.key.hash, secret)) return undefined
  await noteUse(db, row.key)
  return toHolder(row)
}

const NOTED_FOR_SECONDS = 60 // else each request of a client would write the same row

async function noteUse(db: Sql, { id, lastUsedAt }: KeyRow): Promise<void> {
  if (lastUsedAt && Date.now() - lastUsedAt.getTime() < NOTED_FOR_SECONDS * 1000) return
  const isOld = or(isNull(keys.lastUsedAt), lt(keys.lastUsedAt, sql`now() - interval '1 minute'`))
  await db
    .update(keys)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(keys.id, id), isOld))
}

export const toHolder = ({ key, user }: { key: KeyRow; user: UserRow }): KeyHolder => ({
  keyId: key.id,
  userId: user.id,
  isAdmin: user.isAdmin,
  limits: limitsOf(user),
})

/** Oldest first, revoked ones too; of all users when told none. */
export async function listKeys(db: Sql, userId?: string): Promise<Key[]> {
  const rows = await db
    .select(withUser)
    .from(keys)
    .innerJoin(users, eq(keys.userId, users.id))
    .where(userId === undefined ? undefined : eq(keys.userId, userId))
    .orderBy(keys.createdAt, keys.id)
  return rows.map(toKey)
}

export async function findKey(db: Sql, id: string): Promise<Key | undefined> {
  const [row] = await db.select(withUser).from(keys).innerJoin(users, eq(keys.userId, users.id)).where(eq(keys.id, id))
  return row && toKey(row)
}

/** @throws ToolError not-found when there is no such user; conflict when the secret is in use already */
export async function addKey(db: Sql, userId: string, name: string, secret = newSecret()): Promise<MadeKey> {
  if (!(await findUser(db, userId))) throw new ToolError('not-found', 'User not found')
  const id = `key_${randomBytes(12).toString('hex')}`
  const values = { id, userId, name, hash: hashOf(secret), ...shownParts(secret) }
  const [row] = await db.insert(keys).values(values).onConflictDoNothing({ target: keys.hash }).returning()
  if (!row) throw new ToolError('conflict', 'There is such a key already')
  return made(db, id, secret)
}

/** The old secret ends at once, and so do the sessions that were opened with it. */
export async function rotateKey(db: Sql, id: string, secret = newSecret()): Promise<MadeKey | undefined> {
  const change = { hash: hashOf(secret), ...shownParts(secret), rotatedAt: sql`now()` }
  const isThere = await db.transaction(async (transaction) => {
    const rows = await transaction
      .update(keys)
      .set(change)
      .where(and(eq(keys.id, id), isNull(keys.revokedAt)))
      .returning({ id: keys.id })
    if (rows.length > 0) await transaction.delete(sessions).where(eq(sessions.keyId, id))
    return rows.length > 0
  })
  return isThere ? made(db, id, secret) : undefined
}

/** The row stays, for the statistics. */
export async function revokeKey(db: Sql, id: string): Promise<Key | undefined> {
  await db.transaction(async (transaction) => {
    await transaction
      .update(keys)
      .set({ revokedAt: sql`coalesce(${keys.revokedAt}, now())` })
      .where(eq(keys.id, id))
    await transaction.delete(sessions).where(eq(sessions.keyId, id))
  })
  return findKey(db, id)
}

async function made(db: Sql, id: string, secret: string): Promise<MadeKey> {
  const key = await findKey(db, id)
  if (!key) throw new ToolError('not-found', 'Key not found')
  return { key, secret }
}

const toKey = ({ key: { hash: _, ...key }, user }: { key: KeyRow; user: UserRow }): Key => ({
  ...key,
  userName: user.name,
})
