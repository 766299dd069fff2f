import { and, count, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { PgInsertValue, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { Page } from '../api/engine'
import type { Task } from '../api/task'
import type { Sql } from '../db/database'
import { type DeliveryRow, deliveries, type WebhookRow, webhooks } from '../db/schema'

/** One of a single task is found by no list. */
const isRegistered = isNull(webhooks.taskUid)

export type NewWebhook = Pick<WebhookRow, 'id' | 'url' | 'secret'> & Partial<Pick<WebhookRow, 'taskUid' | 'owner'>>

export async function addWebhook(db: Sql, webhook: NewWebhook): Promise<WebhookRow> {
  const [row] = await db.insert(webhooks).values(webhook).returning()
  return row
}

/** Those of this owner, or where it is null those that are everybody's. */
export const listWebhooks = (db: Sql, owner: string | null): Promise<WebhookRow[]> =>
  db
    .select()
    .from(webhooks)
    .where(and(isRegistered, isOwnedBy(owner)))
    .orderBy(webhooks.createdAt, webhooks.id)

const isOwnedBy = (owner: string | null) => (owner === null ? isNull(webhooks.owner) : eq(webhooks.owner, owner))

export async function countWebhooks(db: Sql): Promise<number> {
  const [{ total }] = await db.select({ total: count() }).from(webhooks).where(isRegistered)
  return total
}

export async function findWebhook(db: Sql, id: string): Promise<WebhookRow | undefined> {
  const [row] = await db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, id), isRegistered))
  return row
}

/** Its deliveries go with it. */
export async function removeWebhook(db: Sql, id: string): Promise<boolean> {
  const rows = await db
    .delete(webhooks)
    .where(and(eq(webhooks.id, id), isRegistered))
    .returning({ id: webhooks.id })
  return rows.length > 0
}

/** Ids of webhooks that are to be told of a task. None of them can be removed before the transaction ends. */
export async function enabledWebhooks(db: Sql, { uid, owner }: Pick<Task, 'uid' | 'owner'>): Promise<string[]> {
  const told = and(isNull(webhooks.disabledAt), or(and(isRegistered, isOwnedBy(owner)), eq(webhooks.taskUid, uid)))
  const rows = await db.select({ id: webhooks.id }).from(webhooks).where(told).for('key share')
  return rows.map(({ id }) => id)
}

/** Also ends what was still to be sent to it. */
export async function disableWebhook(db: Sql, id: string, why: string): Promise<void> {
  await db.update(webhooks).set({ disabledAt: sql`now()` }).where(eq(webhooks.id, id))
  await db
    .update(deliveries)
    .set({ state: 'failed', error: why, nextAttemptAt: null, endedAt: sql`now()` })
    .where(and(eq(deliveries.webhookId, id), eq(deliveries.state, 'pending')))
}

export type NewDelivery = PgInsertValue<typeof deliveries>

export async function addDelivery(db: Sql, delivery: NewDelivery): Promise<void> {
  await db.insert(deliveries).values(delivery)
}

export async function listDeliveries(db: Sql, webhookId: string, { offset, limit }: Page) {
  const mine = eq(deliveries.webhookId, webhookId)
  const order = [desc(deliveries.createdAt), deliveries.id]
  const newest = db
    .select()
    .from(deliveries)
    .where(mine)
    .orderBy(...order)
    .offset(offset)
    .limit(limit)
  const [rows, [{ total }]] = await Promise.all([newest, db.select({ total: count() }).from(deliveries).where(mine)])
  return { total, rows }
}

/** A delivery that is due for this turn, and where it goes; undefined when another turn has taken its place. */
export async function findDue(db: Sql, id: string, turn: number) {
  const due = and(eq(deliveries.id, id), eq(deliveries.turn, turn), eq(deliveries.state, 'pending'))
  const [row] = await db
    .select({ delivery: deliveries, webhook: webhooks })
    .from(deliveries)
    .innerJoin(webhooks, eq(deliveries.webhookId, webhooks.id))
    .where(due)
  return row
}

/** Writes down what became of a turn; does nothing when another has taken its place. @returns whether it did */
export async function settleDelivery(
  db: Sql,
  { id, turn }: Pick<DeliveryRow, 'id' | 'turn'>,
  change: PgUpdateSetSource<typeof deliveries>,
): Promise<boolean> {
  const mine = and(eq(deliveries.id, id), eq(deliveries.turn, turn), eq(deliveries.state, 'pending'))
  const rows = await db.update(deliveries).set(change).where(mine).returning({ id: deliveries.id })
  return rows.length > 0
}

/** Begins the schedule anew, with a turn that takes the place of any other. */
export async function restartDelivery(db: Sql, webhookId: string, id: string): Promise<DeliveryRow | undefined> {
  const [row] = await db
    .update(deliveries)
    .set({
      state: 'pending',
      turn: sql`${deliveries.turn} + 1`,
      failures: 0,
      nextAttemptAt: sql`now()`,
      endedAt: null,
    })
    .where(and(eq(deliveries.id, id), eq(deliveries.webhookId, webhookId)))
    .returning()
  return row
}

/** Forgets deliveries that ended longer ago than `ttlMs`. */
export async function removeEndedDeliveries(db: Sql, ttlMs: number): Promise<void> {
  await db.delete(deliveries).where(lt(deliveries.endedAt, sql`now() - make_interval(secs => ${ttlMs / 1000})`))
}
