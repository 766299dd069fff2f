import { sql } from 'drizzle-orm'
import type { Owner } from '../api/library'
import type { Sql } from '../db/database'
import { copyVectors, imageVectors, OWN_DIMENSIONS } from '../db/library-schema'

const OWN_MODEL = 'darkroom-copies'

export interface Vector {
  /** Which model made it: vectors of different models cannot be compared. */
  readonly model: string
  /** Of length 1. */
  readonly embedding: readonly number[]
}

/** A picture near a vector, with the cosine. */
export interface Neighbour {
  readonly id: number
  readonly similarity: number
}

/** Keeps a picture's vector, or replaces the one it had; nothing for a picture that was removed meanwhile. */
export async function addVector(db: Sql, imageId: number, vector: Vector): Promise<void> {
  const { model, embedding } = vector
  if (isIndexed(vector)) {
    await db.execute(sql`insert into ${copyVectors} (image_id, owner, embedding)
      select id, owner, ${JSON.stringify(embedding)}::vector from images where id = ${imageId}
      on conflict (image_id) do update set embedding = excluded.embedding`)
    return
  }
  await db.execute(sql`insert into ${imageVectors} (image_id, model, embedding)
    select id, ${model}, ${JSON.stringify(embedding)}::vector from images where id = ${imageId}
    on conflict (image_id, model) do update set embedding = excluded.embedding`)
}

/**
 * The nearest pictures of one library by the same model, the most alike first.
 *
 * Our own model's are found by walking the HNSW index; where the owner's are few, or the walk passed too many of other
 * owners' to find enough, all of the owner's are looked at. Those of other models are always all looked at.
 */
export async function nearestVectors(
  db: Sql,
  owner: Owner,
  vector: Vector,
  most: number,
  { few, passed }: WalkLimits = LIMITS,
): Promise<Neighbour[]> {
  if (!isIndexed(vector)) return compareOthers(db, owner, vector, most)
  if ((await countUpTo(db, owner, few + 1)) <= few) return compareAll(db, owner, vector, most)
  const walked = await walkIndex(db, owner, vector, most, passed)
  return walked.length < Math.min(most, few) ? compareAll(db, owner, vector, most) : walked
}

interface WalkLimits {
  /** As many vectors of one owner are compared in the time of a walk. */
  readonly few: number
  /** Most vectors that a walk passes. */
  readonly passed: number
}

const LIMITS: WalkLimits = { few: 5000, passed: 50_000 }

const isIndexed = ({ model, embedding }: Vector): boolean => model === OWN_MODEL && embedding.length === OWN_DIMENSIONS

async function countUpTo(db: Sql, owner: Owner, most: number): Promise<number> {
  const [{ total }] = await rowsOf<{ total: number }>(
    db,
    sql`select count(*)::int as total from (select 1 from copy_vectors where ${ownedBy(owner)} limit ${most}) as counted`,
  )
  return total
}

async function compareAll(db: Sql, owner: Owner, { embedding }: Vector, most: number): Promise<Neighbour[]> {
  return rowsOf(
    db,
    sql`with owned as materialized (
        select image_id as id, -(embedding <#> ${JSON.stringify(embedding)}) as similarity
        from copy_vectors where ${ownedBy(owner)}
      ) select id, similarity from owned order by similarity desc, id limit ${most}`,
  )
}

async function walkIndex(db: Sql, owner: Owner, { embedding }: Vector, most: number, passed: number) {
  const rows = await db.transaction(async (tx) => {
    await tx.execute(settingsOfWalk(passed))
    return rowsOf<Neighbour>(tx, nearestByIndex(owner, embedding, most))
  })
  return rows.sort((a, b) => b.similarity - a.similarity || a.id - b.id)
}

/**
 * For the rest of a transaction. Without sorting, since an embedded database gathers no statistics, and one that guesses
 * that few rows are the owner's would rather sort them all.
 *
 * @param passed most vectors that the walk passes in search of one owner's
 */
export const settingsOfWalk = (passed: number) => sql`select set_config('hnsw.iterative_scan', 'relaxed_order', true),
  set_config('hnsw.ef_search', '100', true), set_config('hnsw.max_scan_tuples', ${String(passed)}, true),
  set_config('enable_sort', 'off', true)`

export const nearestByIndex = (owner: Owner, embedding: readonly number[], most: number) =>
  sql`select image_id as id, -(embedding <#> ${JSON.stringify(embedding)}) as similarity from copy_vectors
    where ${ownedBy(owner)} order by embedding <#> ${JSON.stringify(embedding)} limit ${most}`

async function compareOthers(db: Sql, owner: Owner, { model, embedding }: Vector, most: number): Promise<Neighbour[]> {
  return rowsOf(
    db,
    sql`with owned as materialized (
        select v.image_id as id, v.embedding from image_vectors v join images i on i.id = v.image_id
        where v.model = ${model} and vector_dims(v.embedding) = ${embedding.length} and ${ownedBy(owner, sql`i.`)}
      ) select id, 1 - (embedding <=> ${JSON.stringify(embedding)}) as similarity from owned
      order by similarity desc, id limit ${most}`,
  )
}

const ownedBy = (owner: Owner, table = sql``) =>
  owner === null ? sql`${table}owner is null` : sql`${table}owner = ${owner}`

const rowsOf = async <Row>(db: Pick<Sql, 'execute'>, statement: ReturnType<typeof sql>): Promise<Row[]> =>
  ((await db.execute(statement)) as unknown as { rows: Row[] }).rows
