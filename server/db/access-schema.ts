import { bigint, boolean, date, doublePrecision, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { PLANS } from '../api/access/plans'

const time = (name: string) => timestamp(name, { withTimezone: true })

export const users = pgTable('users', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  plan: text({ enum: PLANS }).notNull(),
  /** May manage users and everybody's keys. */
  isAdmin: boolean('is_admin').notNull().default(false),
  /** An enterprise user's own limits; null where the plan's hold. */
  perMinute: integer('per_minute'),
  burst: integer(),
  quota: integer(),
  period: text({ enum: ['day', 'month'] }),
  createdAt: time('created_at').notNull().defaultNow(),
})

export const keys = pgTable(
  'keys',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** See access/secret.ts: the key itself is nowhere. */
    hash: text().notNull().unique(),
    /** What people recognise it by. */
    prefix: text().notNull(),
    lastFour: text('last_four').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
    rotatedAt: time('rotated_at'),
    revokedAt: time('revoked_at'),
    lastUsedAt: time('last_used_at'),
  },
  (table) => [index('keys_of_user').on(table.userId)],
)

/** Browsers that have signed in with a key. */
export const sessions = pgTable(
  'sessions',
  {
    hash: text().primaryKey(),
    keyId: text('key_id')
      .notNull()
      .references(() => keys.id, { onDelete: 'cascade' }),
    expiresAt: time('expires_at').notNull(),
  },
  (table) => [index('sessions_of_key').on(table.keyId), index('sessions_expired').on(table.expiresAt)],
)

/** What has been counted against limits; see access/meter.ts. */
export const meters = pgTable(
  'meters',
  {
    /** `user:…` or `address:…`. */
    subject: text().primaryKey(),
    /** When the bucket will be full again, microseconds since 1970: whole numbers, so that no request is rounded in. */
    fullAt: bigint('full_at', { mode: 'number' }).notNull(),
    /** First day of the quota's period, in UTC. */
    periodStart: date('period_start').notNull(),
    used: integer().notNull(),
    /** What became of the latest request: the statement that decides also answers it. */
    admitted: boolean().notNull(),
    /** When that was, as `fullAt`. */
    countedAt: bigint('counted_at', { mode: 'number' }).notNull(),
  },
  (table) => [index('meters_full').on(table.fullAt)],
)

/** Of a key since it was made. Refusals for its limits are not among them. */
export const keyTotals = pgTable('key_totals', {
  keyId: text('key_id')
    .primaryKey()
    .references(() => keys.id, { onDelete: 'cascade' }),
  success: bigint({ mode: 'number' }).notNull(),
  failed: bigint({ mode: 'number' }).notNull(),
  /** Of the successes. */
  processingMs: doublePrecision('processing_ms').notNull(),
})

/** Metered requests of late, for the dashboard: no picture, no file name, no address. */
export const requests = pgTable(
  'requests',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    keyId: text('key_id')
      .notNull()
      .references(() => keys.id, { onDelete: 'cascade' }),
    endpoint: text().notNull(),
    status: integer().notNull(),
    ms: doublePrecision().notNull(),
    error: text(),
    at: time('at').notNull().defaultNow(),
  },
  (table) => [index('requests_of_key').on(table.keyId, table.at), index('requests_old').on(table.at)],
)

export type UserRow = typeof users.$inferSelect
export type KeyRow = typeof keys.$inferSelect
