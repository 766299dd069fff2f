import { and, asc, count, countDistinct, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Page } from '../api/engine'
import type { Owner } from '../api/library'
import type { Sql } from '../db/database'
import { type ImageRow, imageLinks, images, type LinkRow } from '../db/library-schema'
import { ownedBy } from './image-store'

export interface GroupRow {
  readonly id: number
  readonly count: number
  readonly images: readonly ImageRow[]
  readonly links: readonly LinkRow[]
}

const MOST_IMAGES = 200 // of one group in an answer; thousands would be no use to anybody who looks at them
const MOST_LINKS = 400

/** Groups of copies, those that were begun last first. */
export async function listGroups(db: Sql, owner: Owner, { offset, limit }: Page): Promise<GroupRow[]> {
  const groups = await db
    .select({ id: images.groupId, count: count() })
    .from(images)
    .where(and(ownedBy(owner), isNotNull(images.groupId)))
    .groupBy(images.groupId)
    .orderBy(desc(images.groupId))
    .offset(offset)
    .limit(limit)
  return Promise.all(groups.flatMap(({ id, count }) => (id === null ? [] : [readGroup(db, id, count)])))
}

async function readGroup(db: Sql, id: number, count: number): Promise<GroupRow> {
  const members = await db
    .select()
    .from(images)
    .where(eq(images.groupId, id))
    .orderBy(asc(images.id))
    .limit(MOST_IMAGES)
  const ids = members.map((member) => member.id)
  const links = await db
    .select()
    .from(imageLinks)
    .where(and(inArray(imageLinks.a, ids), inArray(imageLinks.b, ids), eq(imageLinks.ignored, false)))
    .orderBy(desc(imageLinks.probability), asc(imageLinks.a), asc(imageLinks.b))
    .limit(MOST_LINKS)
  return { id, count, images: members, links }
}

export async function countGroups(db: Sql, owner: Owner): Promise<number> {
  const [{ total }] = await db
    .select({ total: countDistinct(images.groupId) })
    .from(images)
    .where(ownedBy(owner))
  return total
}

const [first, second] = [alias(images, 'first'), alias(images, 'second')]

const setAside = (owner: Owner) =>
  and(eq(imageLinks.ignored, true), owner === null ? sql`${first.owner} is null` : eq(first.owner, owner))

/** Pairs that people have called no copies, the newest pictures first. */
export const listSetAside = (db: Sql, owner: Owner, { offset, limit }: Page) =>
  db
    .select({ link: imageLinks, first, second })
    .from(imageLinks)
    .innerJoin(first, eq(first.id, imageLinks.a))
    .innerJoin(second, eq(second.id, imageLinks.b))
    .where(setAside(owner))
    .orderBy(desc(imageLinks.b), desc(imageLinks.a))
    .offset(offset)
    .limit(limit)

export async function countSetAside(db: Sql, owner: Owner): Promise<number> {
  const [{ total }] = await db
    .select({ total: count() })
    .from(imageLinks)
    .innerJoin(first, eq(first.id, imageLinks.a))
    .where(setAside(owner))
  return total
}
