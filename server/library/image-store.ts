import { and, asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Filter, Listed, Owner } from '../api/library'
import type { Sql } from '../db/database'
import { type ImageRow, images } from '../db/library-schema'

export type NewImage = Pick<ImageRow, 'owner' | 'name' | 'modelName' | 'path' | 'sha256' | 'bytes'>

export async function addImage(db: Sql, image: NewImage): Promise<ImageRow> {
  const [row] = await db.insert(images).values(image).returning()
  return row
}

/** Oldest first, unless the page says otherwise. */
export const listImages = (db: Sql, owner: Owner, filter: Filter, page?: Listed): Promise<ImageRow[]> => {
  const order = page?.newestFirst ? desc(images.id) : asc(images.id)
  const query = db.select().from(images).where(matching(owner, filter)).orderBy(order).$dynamic()
  return page ? query.offset(page.offset).limit(page.limit) : query
}

export async function countImages(db: Sql, owner: Owner, filter: Filter): Promise<number> {
  const [{ total }] = await db.select({ total: count() }).from(images).where(matching(owner, filter))
  return total
}

function matching(owner: Owner, { status, label, policy, unreadable }: Filter) {
  return and(
    ownedBy(owner),
    status && eq(images.status, status),
    unreadable === undefined ? undefined : unreadable ? isNotNull(images.error) : isNull(images.error),
    policy && sql`${images.labels}->>'policy' = ${policy}`,
    label === undefined
      ? undefined
      : sql`(${images.labels}->'objects')::jsonb @> ${JSON.stringify([{ name: label }])}::jsonb`,
  )
}

/** Undefined also for a picture in somebody else's library. */
export async function findImage(db: Sql, owner: Owner, id: number): Promise<ImageRow | undefined> {
  const [row] = await db.select().from(images).where(mine(owner, id))
  return row
}

/**
 * Takes the oldest picture that waits for this model, or whose earlier claim has run out, for one worker alone.
 *
 * @param owner left out: of any library
 * @returns nothing when none waits
 */
export async function claimImage(
  db: Sql,
  model: string,
  leaseSeconds: number,
  owner?: Owner,
): Promise<ImageRow | undefined> {
  const whose = owner === undefined ? sql`true` : sql`owner is not distinct from ${owner}`
  const waiting = sql`select id from images where ${whose} and model_name = ${model}
    and (status = 'UPLOADED' or (status = 'PROCESSING' and lease_until < now()))
    order by id limit 1 for update skip locked`
  const [row] = await db
    .update(images)
    .set({
      status: 'PROCESSING',
      claims: sql`${images.claims} + 1`,
      leaseUntil: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where(sql`${images.id} = (${waiting})`)
    .returning()
  return row
}

/** What a worker found out about a picture. */
export type Processed = Partial<Pick<ImageRow, 'width' | 'height' | 'pdq' | 'pdqQuality' | 'labels' | 'error'>>

/**
 * @param claim `claims` of the row that the worker was given; a later claim makes this one come to nothing
 * @returns whether the claim still held
 */
export async function finishImage(db: Sql, id: number, claim: number, found: Processed): Promise<boolean> {
  const held = and(eq(images.id, id), eq(images.claims, claim), eq(images.status, 'PROCESSING'))
  const rows = await db
    .update(images)
    .set({ ...found, status: 'PROCESSED', leaseUntil: null, processedAt: sql`now()` })
    .where(held)
    .returning({ id: images.id })
  return rows.length > 0
}

/** Gives a claimed picture back to the queue, for another worker or a later try. */
export async function releaseImage(db: Sql, id: number, claim: number): Promise<void> {
  const held = and(eq(images.id, id), eq(images.claims, claim), eq(images.status, 'PROCESSING'))
  await db.update(images).set({ status: 'UPLOADED', leaseUntil: null }).where(held)
}

/** @returns what was removed, whose file is to be removed next */
export async function removeImage(db: Sql, owner: Owner, id: number): Promise<ImageRow | undefined> {
  const [row] = await db.delete(images).where(mine(owner, id)).returning()
  return row
}

export const ownedBy = (owner: Owner) => (owner === null ? isNull(images.owner) : eq(images.owner, owner))

const mine = (owner: Owner, id: number) => and(eq(images.id, id), ownedBy(owner))
