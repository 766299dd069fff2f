import { and, desc, eq, gt, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Outcome } from '../api/access/access'
import type { Totals, Usage } from '../api/access/accounts'
import { keys, keyTotals, requests } from '../db/access-schema'
import type { Sql } from '../db/database'
import { listKeys } from './key-store'
import { type Clock, look } from './meter'
import { findUser } from './user-store'

const FIRST_ERROR = 400
const ERRORS_SHOWN = 50

/** Adds a request to the totals of its key and to the requests of late, both or neither. */
export async function record(db: Sql, keyId: string, outcome: Outcome): Promise<void> {
  const { status, ms } = outcome
  const isSuccess = status < FIRST_ERROR
  const [success, failed, processingMs] = [Number(isSuccess), Number(!isSuccess), isSuccess ? ms : 0]
  await db.transaction(async (transaction) => {
    await transaction.insert(requests).values({ keyId, ...outcome })
    await transaction
      .insert(keyTotals)
      .values({ keyId, success, failed, processingMs })
      .onConflictDoUpdate({
        target: keyTotals.keyId,
        set: {
          success: sql`${keyTotals.success} + ${success}::integer`,
          failed: sql`${keyTotals.failed} + ${failed}::integer`,
          processingMs: sql`${keyTotals.processingMs} + ${processingMs}::double precision`,
        },
      })
  })
}

const NOTHING: Totals = { success: 0, failed: 0, processingMs: 0 }

export async function totalsOf(db: Sql, keyId: string): Promise<Totals> {
  const [row] = await db.select().from(keyTotals).where(eq(keyTotals.keyId, keyId))
  return row ? { success: row.success, failed: row.failed, processingMs: row.processingMs } : NOTHING
}

/** What a user's keys were used for; undefined when there is no such user. */
export async function usageOf(db: Sql, userId: string, days: number, clock?: Clock): Promise<Usage | undefined> {
  const user = await findUser(db, userId)
  if (!user) return undefined
  const mine = inArray(requests.keyId, db.select({ id: keys.id }).from(keys).where(eq(keys.userId, userId)))
  const recent = and(mine, gt(requests.at, sql`now() - make_interval(days => ${days}::integer)`))
  const [meter, own, perDay, latency, errors] = await Promise.all([
    look(db, `user:${userId}`, user.limits, clock),
    withTotals(db, userId),
    daysOf(db, recent),
    latencyOf(db, recent),
    errorsOf(db, recent),
  ])
  const { used, limit, remaining, resetAt, quotaResetAt } = meter
  return {
    user,
    quota: { used, limit: user.limits.quota, resetAt: quotaResetAt },
    rate: { limit, remaining, resetAt },
    keys: own,
    days: perDay,
    latency,
    errors,
  }
}

type Condition = ReturnType<typeof and>

async function withTotals(db: Sql, userId: string) {
  const own = await listKeys(db, userId)
  return Promise.all(own.map(async (key) => ({ ...key, ...(await totalsOf(db, key.id)) })))
}

async function daysOf(db: Sql, where: Condition): Promise<Usage['days']> {
  const day = sql<string>`to_char(${requests.at} at time zone 'UTC', 'YYYY-MM-DD')`
  const count = (condition: ReturnType<typeof sql>) => sql<number>`count(*) filter (where ${condition})`.mapWith(Number)
  const success = count(sql`${requests.status} < ${FIRST_ERROR}`)
  const failed = count(sql`${requests.status} >= ${FIRST_ERROR}`)
  return db.select({ day, success, failed }).from(requests).where(where).groupBy(sql`1`).orderBy(sql`1`)
}

async function latencyOf(db: Sql, where: Condition): Promise<Usage['latency']> {
  const at = (share: number) =>
    sql<number | null>`percentile_cont(${sql.raw(String(share))}) within group (order by ${requests.ms})`
  const [row] = await db
    .select({ p50: at(0.5), p95: at(0.95), p99: at(0.99) })
    .from(requests)
    .where(and(where, lt(requests.status, FIRST_ERROR)))
  const { p50, p95, p99 } = row
  return p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 }
}

async function errorsOf(db: Sql, where: Condition): Promise<Usage['errors']> {
  const { at, keyId, endpoint, status, error } = requests
  return db
    .select({ at, keyId, endpoint, status, error })
    .from(requests)
    .where(and(where, gte(requests.status, FIRST_ERROR)))
    .orderBy(desc(requests.at), desc(requests.id))
    .limit(ERRORS_SHOWN)
}

/** Forgets requests of more than `days` ago; the totals stay. */
export async function removeOldRequests(db: Sql, days: number): Promise<void> {
  await db.delete(requests).where(lt(requests.at, sql`now() - make_interval(days => ${days}::integer)`))
}
