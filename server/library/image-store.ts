import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Sql } from '../db/database'
import { type ImageRow, images } from '../db/library-schema'

/** Whose library: a user's id, or null for that of this machine's page. */
export type Owner = string | null

export type NewImage = Pick<ImageRow, 'owner' | 'name' | 'modelName' | 'path' | 'sha256' | 'bytes'>

export interface Page {
  readonly offset: number
  readonly limit: number
}

export async function addImage(db: Sql, image: NewImage): Promise<ImageRow> {
  const [row] = await db.insert(images).values(image).returning()
  return row
}

/** Oldest first. */
export const listImages = (db: Sql, owner: Owner, status: ImageRow['status'], page?: Page): Promise<ImageRow[]> => {
  const mine = and(ownedBy(owner), eq(images.status, status))
  const query = db.select().from(images).where(mine).orderBy(asc(images.id)).$dynamic()
  return page ? query.offset(page.offset).limit(page.limit) : query
}

/** Undefined also for a picture in somebody else's library. */
export async function findImage(db: Sql, owner: Owner, id: number): Promise<ImageRow | undefined> {
  const [row] = await db.select().from(images).where(mine(owner, id))
  return row
}

/**
 * Takes the oldest picture that waits for this model, or whose earlier claim has run out, for one worker alone.
 *
 * @returns nothing when none waits
 */
export async function claimImage(
  db: Sql,
  owner: Owner,
  model: string,
  leaseSeconds: number,
): Promise<ImageRow | undefined> {
  const waiting = sql`select id from images where owner is not distinct from ${owner} and model_name = ${model}
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
