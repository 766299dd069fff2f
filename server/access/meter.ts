import { and, eq, like, lt, type SQL, sql } from 'drizzle-orm'
import type { Metered } from '../api/access/access'
import type { Limits } from '../api/access/plans'
import { meters } from '../db/access-schema'
import type { Sql } from '../db/database'

const MICROS = 1_000_000
const MICROS_PER_MINUTE = 60 * MICROS

/** The time of tests; left out, it is the database's, which is one for all processes. */
export type Clock = () => Date

interface Cost {
  readonly requests: number
  readonly pictures: number
}

/**
 * Counts a request against a rate and a quota, or refuses it and counts nothing.
 *
 * The rate is a token bucket of `burst` tokens that is refilled at `perMinute`, kept as one number, the time at which it
 * will be full: the generic cell rate algorithm (ITU-T I.371, appendix I). It all is one statement that holds the row's lock
 * while it decides, so that of requests at the same moment, in whatever process, none too many is let through.
 */
export async function take(
  db: Sql,
  subject: string,
  limits: Limits,
  { requests, pictures }: Cost,
  clock?: Clock,
): Promise<Metered> {
  const now = clock ? sql`${micros(clock())}::bigint` : DATABASE_TIME
  const periodStart = startOfPeriod(now, limits)
  const [step, most] = [stepOf(limits), bucketOf(limits)]
  const used = usedIn(periodStart)
  // Never further off than an empty bucket: should the clock be set back, nobody is locked out until it is there again.
  const fullAt = sql`least(${meters.fullAt}, ${now} + ${most}::bigint)`
  const full = sql`greatest(${fullAt}, ${now}) + ${step * requests}::bigint`
  const fits = sql`(${full} - ${now} <= ${most}::bigint and ${withinQuota(used, pictures, limits)})`
  const isFirstAdmitted = requests <= limits.burst && (limits.quota === null || pictures <= limits.quota)
  const [row] = await db
    .insert(meters)
    .values({
      subject,
      fullAt: isFirstAdmitted ? sql`${now} + ${step * requests}::bigint` : now,
      periodStart,
      used: isFirstAdmitted ? pictures : 0,
      admitted: isFirstAdmitted,
      countedAt: now,
    })
    .onConflictDoUpdate({
      target: meters.subject,
      set: {
        fullAt: sql`case when ${fits} then ${full} else ${fullAt} end`,
        periodStart,
        used: sql`case when ${fits} then ${used} + ${pictures}::integer else ${used} end`,
        admitted: fits,
        countedAt: now,
      },
    })
    .returning()
  return toMetered(row, limits, requests)
}

/** Takes nothing, and tells where somebody stands. */
export const look = async (db: Sql, subject: string, limits: Limits, clock?: Clock): Promise<Metered> =>
  take(db, subject, limits, { requests: 0, pictures: 0 }, clock)

interface GivenBack {
  readonly pictures: number
  /** Left out, it is now. */
  readonly takenAt?: Date
}

/** Gives pictures of this period back; those that an earlier one was charged no longer count. */
export async function giveBack(
  db: Sql,
  subject: string,
  limits: Limits,
  { pictures, takenAt }: GivenBack,
  clock?: Clock,
): Promise<void> {
  const now = clock ? sql`${micros(clock())}::bigint` : DATABASE_TIME
  const thisPeriod = startOfPeriod(now, limits)
  const taken = takenAt ? startOfPeriod(sql`${micros(takenAt)}::bigint`, limits) : thisPeriod
  await db
    .update(meters)
    .set({ used: sql`greatest(${meters.used} - ${pictures}::integer, 0)` })
    .where(and(eq(meters.subject, subject), eq(meters.periodStart, thisPeriod), eq(meters.periodStart, taken)))
}

/** Forgets addresses whose bucket is full again: whoever comes anew starts with a full one. */
export async function removeIdleAddresses(db: Sql): Promise<void> {
  await db.delete(meters).where(and(like(meters.subject, 'address:%'), lt(meters.fullAt, DATABASE_TIME)))
}

const micros = (time: Date): number => time.getTime() * 1000

/** When the statement began, the same wherever it is named in one. */
const DATABASE_TIME = sql`(extract(epoch from statement_timestamp()) * 1000000)::bigint`

/** Rounded up: a rate that does not divide a minute lets through a little less, never more. */
const stepOf = ({ perMinute }: Limits): number => Math.ceil(MICROS_PER_MINUTE / perMinute)

const bucketOf = (limits: Limits): number => stepOf(limits) * limits.burst

/** Its first day, in UTC whatever the database's own time zone. */
const startOfPeriod = (now: SQL, { period }: Limits): SQL =>
  sql`date_trunc(${sql.raw(`'${period}'`)}, to_timestamp(${now} / 1000000.0) at time zone 'UTC')::date`

/** What an earlier period has used does not count. */
const usedIn = (periodStart: SQL): SQL =>
  sql`case when ${meters.periodStart} = ${periodStart} then ${meters.used} else 0 end`

const withinQuota = (used: SQL, pictures: number, { quota }: Limits): SQL =>
  quota === null ? sql`true` : sql`(${used}) + ${pictures}::integer <= ${quota}::integer`

type Row = typeof meters.$inferSelect

function toMetered(row: Row, limits: Limits, requests: number): Metered {
  const { admitted, fullAt, countedAt, periodStart, used } = row
  const [step, most] = [stepOf(limits), bucketOf(limits)]
  const missing = Math.max(fullAt - countedAt, 0)
  const tokens = Math.floor((most - missing) / step)
  const pictures = limits.quota === null ? Number.POSITIVE_INFINITY : Math.max(limits.quota - used, 0)
  const waitsForQuota = pictures === 0 || (!admitted && tokens >= requests)
  const nextToken = tokens >= limits.burst ? countedAt : fullAt - step * (limits.burst - tokens - 1)
  return {
    admitted,
    limit: limits.burst,
    remaining: Math.min(tokens, pictures),
    resetAt: waitsForQuota ? endOfPeriod(periodStart, limits) : new Date(nextToken / 1000),
    now: new Date(countedAt / 1000),
    used,
    quotaResetAt: endOfPeriod(periodStart, limits),
  }
}

function endOfPeriod(start: string, { period }: Limits): Date {
  const end = new Date(`${start}T00:00:00Z`)
  if (period === 'day') end.setUTCDate(end.getUTCDate() + 1)
  else end.setUTCMonth(end.getUTCMonth() + 1)
  return end
}
