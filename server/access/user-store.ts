import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { ToolError } from '../../core/errors'
import type { User, UserChange } from '../api/access/accounts'
import { type UserRow, users } from '../db/access-schema'
import type { Sql } from '../db/database'
import { limitsOf } from './limits'

export const listUsers = async (db: Sql): Promise<User[]> =>
  (await db.select().from(users).orderBy(users.createdAt, users.id)).map(toUser)

export async function findUser(db: Sql, id: string): Promise<User | undefined> {
  const [row] = await db.select().from(users).where(eq(users.id, id))
  return row && toUser(row)
}

async function findUserByName(db: Sql, name: string): Promise<User | undefined> {
  const [row] = await db.select().from(users).where(eq(users.name, name))
  return row && toUser(row)
}

/** @throws ToolError conflict when the name is taken */
export async function addUser(db: Sql, user: UserChange & Pick<User, 'name' | 'plan'>): Promise<User> {
  const values = { ...columnsOf(user), id: `usr_${randomBytes(12).toString('hex')}`, name: user.name, plan: user.plan }
  const [row] = await db.insert(users).values(values).onConflictDoNothing({ target: users.name }).returning()
  if (!row) throw nameTaken(user.name)
  return toUser(row)
}

/** @throws ToolError conflict when the name is taken */
export async function changeUser(db: Sql, id: string, change: UserChange): Promise<User | undefined> {
  if (change.name !== undefined) {
    const other = await findUserByName(db, change.name)
    if (other && other.id !== id) throw nameTaken(change.name)
  }
  const columns = columnsOf(change)
  if (Object.keys(columns).length === 0) return findUser(db, id)
  const [row] = await db.update(users).set(columns).where(eq(users.id, id)).returning()
  return row && toUser(row)
}

/** Limits that are given take the place of all of a user's own; a plan that is given without any ends them. */
function columnsOf({ name, plan, isAdmin, limits }: UserChange): Partial<UserRow> {
  const own = limits ?? (plan && {})
  return {
    ...(name !== undefined && { name }),
    ...(plan !== undefined && { plan }),
    ...(isAdmin !== undefined && { isAdmin }),
    ...(own && {
      perMinute: own.perMinute ?? null,
      burst: own.burst ?? null,
      quota: own.quota ?? null,
      period: own.period ?? null,
    }),
  }
}

const nameTaken = (name: string) => new ToolError('conflict', `There is a user "${name}" already`)

const toUser = (row: UserRow): User => ({
  id: row.id,
  name: row.name,
  plan: row.plan,
  isAdmin: row.isAdmin,
  limits: limitsOf(row),
  createdAt: row.createdAt,
})
