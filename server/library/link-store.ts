import { and, asc, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { groupsOf } from '../../core/copies/groups'
import type { Sql } from '../db/database'
import { type ImageRow, imageLinks, images, type LinkRow } from '../db/library-schema'

/** That a picture is a copy of `other`, or the other way round. */
export type NewLink = { readonly other: number } & Pick<LinkRow, 'verdict' | 'probability' | 'evidence'>

const GROUPING = 7_302_115 // any number, the same in every process: groups are merged by one at a time

/**
 * Links a picture with its copies, both ways, and with whatever those are linked with. What people have called no copy
 * stays so.
 */
export async function linkImages(db: Sql, id: number, links: readonly NewLink[]): Promise<void> {
  if (links.length === 0) return
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${GROUPING})`)
    const rows = links.map(({ other, ...link }) => ({ ...link, a: Math.min(id, other), b: Math.max(id, other) }))
    const linked = await tx
      .insert(imageLinks)
      .values(rows)
      .onConflictDoUpdate({
        target: [imageLinks.a, imageLinks.b],
        set: {
          verdict: sql`excluded.verdict`,
          probability: sql`excluded.probability`,
          evidence: sql`excluded.evidence`,
        },
      })
      .returning({ a: imageLinks.a, b: imageLinks.b, ignored: imageLinks.ignored })
    await join(
      tx,
      linked.flatMap(({ a, b, ignored }) => (ignored ? [] : [a, b])),
    )
  })
}

/** Makes one group of these and of all that they hang together with. Only what was not in the oldest group is written. */
async function join(db: Sql, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const members = await db
    .select({ id: images.id, groupId: images.groupId })
    .from(images)
    .where(inArray(images.id, [...ids]))
  const group = Math.min(...members.map(({ id, groupId }) => groupId ?? id))
  const merged = members.flatMap(({ groupId }) => (groupId === null || groupId === group ? [] : [groupId]))
  await db
    .update(images)
    .set({ groupId: group })
    .where(
      and(
        or(inArray(images.id, [...ids]), merged.length > 0 ? inArray(images.groupId, merged) : undefined),
        sql`${images.groupId} is distinct from ${group}`,
      ),
    )
}

/** Says that two pictures are no copies of one another, or takes that back. @returns whether they were linked */
export async function ignoreLink(db: Sql, one: number, other: number, ignored: boolean): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${GROUPING})`)
    const pair = and(eq(imageLinks.a, Math.min(one, other)), eq(imageLinks.b, Math.max(one, other)))
    const rows = await tx.update(imageLinks).set({ ignored }).where(pair).returning({ a: imageLinks.a })
    await regroup(tx, [one, other])
    return rows.length > 0
  })
}

/** Undoes what hung together through a picture; called before it is removed. */
export async function unlinkImage(db: Sql, id: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${GROUPING})`)
    const others = await tx
      .delete(imageLinks)
      .where(or(eq(imageLinks.a, id), eq(imageLinks.b, id)))
      .returning({ a: imageLinks.a, b: imageLinks.b })
    await regroup(tx, [id, ...others.flatMap(({ a, b }) => [a, b])])
  })
}

/** Every picture that hangs together with this one by links, oldest first. */
export async function copiesOf(db: Sql, { id, groupId }: Pick<ImageRow, 'id' | 'groupId'>): Promise<ImageRow[]> {
  if (groupId === null) return []
  return db
    .select()
    .from(images)
    .where(and(eq(images.groupId, groupId), ne(images.id, id)))
    .orderBy(asc(images.id))
}

/** The direct links of a picture, the likeliest first; ignored ones as well. */
export async function linksOf(db: Sql, id: number) {
  const rows = await db
    .select({ link: imageLinks, image: images })
    .from(imageLinks)
    .innerJoin(images, sql`${images.id} = ${imageLinks.a} + ${imageLinks.b} - ${id}`)
    .where(or(eq(imageLinks.a, id), eq(imageLinks.b, id)))
    .orderBy(desc(imageLinks.probability), asc(images.id))
  return rows.map(({ link: { verdict, probability, evidence, ignored }, image }) => ({
    image,
    verdict,
    probability,
    evidence,
    ignored,
  }))
}

/** Links between pictures of one group, ignored ones as well. */
const linksAmong = (db: Sql, ids: readonly number[]): Promise<LinkRow[]> =>
  db
    .select()
    .from(imageLinks)
    .where(and(inArray(imageLinks.a, [...ids]), inArray(imageLinks.b, [...ids])))

/** Groups everything anew that one of these pictures hangs or hung together with. */
async function regroup(db: Sql, ids: readonly number[]): Promise<void> {
  const touched = db
    .select({ group: images.groupId })
    .from(images)
    .where(inArray(images.id, [...ids]))
  const members = await db
    .select({ id: images.id, groupId: images.groupId })
    .from(images)
    .where(or(inArray(images.id, [...ids]), inArray(images.groupId, touched)))
    .orderBy(asc(images.id))
  const links = (
    await linksAmong(
      db,
      members.map(({ id }) => id),
    )
  ).filter(({ ignored }) => !ignored)
  const places = new Map(members.map(({ id }, place) => [id, place]))
  const groups = groupsOf(
    members.length,
    links.map(({ a, b }) => ({ a: places.get(a) as number, b: places.get(b) as number })),
  )
  const groupOf = new Map(groups.flatMap((group) => group.map((place) => [members[place].id, members[group[0]].id])))
  for (const [group, changed] of changes(members, groupOf)) {
    await db.update(images).set({ groupId: group }).where(inArray(images.id, changed))
  }
}

/** By new group, the pictures that were in another one. */
function changes(members: readonly Pick<ImageRow, 'id' | 'groupId'>[], groupOf: ReadonlyMap<number, number>) {
  const changed = new Map<number | null, number[]>()
  for (const { id, groupId } of members) {
    const group = groupOf.get(id) ?? null
    if (group !== groupId) changed.set(group, [...(changed.get(group) ?? []), id])
  }
  return changed
}
