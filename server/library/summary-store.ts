import { and, isNotNull, sql } from 'drizzle-orm'
import { type LibrarySummary, type Owner, STATUSES } from '../api/library'
import type { Sql } from '../db/database'
import { images } from '../db/library-schema'
import { countGroups, countSetAside } from './group-store'
import { countImages, ownedBy } from './image-store'

/** What a library holds, in numbers. */
export async function summarize(db: Sql, owner: Owner): Promise<LibrarySummary> {
  const counted = await Promise.all(STATUSES.map((status) => countImages(db, owner, { status })))
  const [unreadable, labels, groups, setAside] = await Promise.all([
    countImages(db, owner, { unreadable: true }),
    countLabels(db, owner),
    countGroups(db, owner),
    countSetAside(db, owner),
  ])
  const [uploaded, processing, processed] = counted
  return { uploaded, processing, processed, unreadable, groups, setAside, labels }
}

/** In how many pictures each kind of object is, the commonest first. */
async function countLabels(db: Sql, owner: Owner): Promise<LibrarySummary['labels']> {
  const name = sql<string>`object ->> 'name'`
  return db
    .select({ name, count: sql<number>`count(distinct ${images.id})::int` })
    .from(images)
    .crossJoinLateral(sql`json_array_elements(${images.labels} -> 'objects') as object`)
    .where(and(ownedBy(owner), isNotNull(images.labels)))
    .groupBy(name)
    .orderBy(sql`2 desc`, sql`1`)
}
