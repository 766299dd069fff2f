import { sql } from 'drizzle-orm'
import { bandKeys, HashIndex, nearKeys } from '../../core/copies/hash-index'
import { hammingDistance } from '../../core/copies/pdq'
import type { Owner } from '../api/library'
import type { Sql } from '../db/database'
import { imageBands, imageVectors } from '../db/library-schema'

/** What a picture is looked for by. */
export interface Fingerprint {
  readonly sha256: string
  /** Perceptual hashes of its eight orientations. */
  readonly orientations: readonly string[]
  /** Which model made the embedding. */
  readonly model: string
  /** Of length 1. */
  readonly embedding: readonly number[]
}

/** A picture of the library that may be a copy, and how it was come by. */
export interface Candidate {
  readonly id: number
  /** Bits in the orientation that fits best; null where the hashes are more than 31 bits apart. */
  readonly distance: number | null
  /** Cosine; null where it is not among the nearest. */
  readonly similarity: number | null
}

/** Makes a picture findable. Indexing it again replaces what was there. */
export async function indexImage(db: Sql, id: number, pdq: string, model: string, embedding: readonly number[]) {
  await db.transaction(async (tx) => {
    await tx.delete(imageBands).where(sql`${imageBands.imageId} = ${id}`)
    await tx.insert(imageBands).values(bandKeys(pdq).map((key, band) => ({ imageId: id, band, key })))
    await addVector(tx, id, model, embedding)
  })
}

export const addVector = (db: Sql, imageId: number, model: string, embedding: readonly number[]) =>
  db
    .insert(imageVectors)
    .values({ imageId, model, embedding })
    .onConflictDoUpdate({ target: [imageVectors.imageId, imageVectors.model], set: { embedding } })

/**
 * Pictures of the library that share the file, a perceptual hash in some orientation, or the neighbourhood of the
 * embedding; the most alike first.
 *
 * @param nearest how many neighbours of the embedding to take
 */
export async function findCandidates(db: Sql, owner: Owner, image: Fingerprint, nearest: number): Promise<Candidate[]> {
  const [byFile, byHash, byVector] = await Promise.all([
    sameFile(db, owner, image.sha256),
    sameHash(db, owner, image.orientations),
    nearestVectors(db, owner, image, nearest),
  ])
  const found = new Map<number, Candidate>()
  const note = (id: number, part: Partial<Candidate>) =>
    found.set(id, { distance: null, similarity: null, ...found.get(id), ...part, id })
  for (const id of byFile) note(id, { distance: 0 })
  for (const { id, distance } of byHash) note(id, { distance })
  for (const { id, similarity } of byVector) note(id, { similarity })
  return [...found.values()].sort((a, b) => likeness(b) - likeness(a))
}

const likeness = ({ distance, similarity }: Candidate): number =>
  Math.max(similarity ?? -1, distance === null ? -1 : 1 - distance / 128)

async function sameFile(db: Sql, owner: Owner, sha256: string): Promise<number[]> {
  const { rows } = await query<{ id: number }>(
    db,
    sql`select id from images where sha256 = ${sha256} and owner is not distinct from ${owner} and status = 'PROCESSED'`,
  )
  return rows.map(({ id }) => id)
}

async function sameHash(db: Sql, owner: Owner, orientations: readonly string[]) {
  const wanted = [...new Set(orientations.flatMap(nearKeys).map(({ band, key }) => band * 65_536 + key))]
  const { rows } = await query<{ id: number; pdq: string }>(
    db,
    sql`select distinct i.id, i.pdq from unnest(${sql.raw(`'{${wanted.join(',')}}'::int[]`)}) as wanted(place)
      join image_bands b on b.band = wanted.place / 65536 and b.key = wanted.place % 65536
      join images i on i.id = b.image_id where i.owner is not distinct from ${owner} and i.pdq is not null`,
  )
  return rows
    .map(({ id, pdq }) => ({ id, distance: Math.min(...orientations.map((hash) => hammingDistance(hash, pdq))) }))
    .filter(({ distance }) => distance <= HashIndex.FARTHEST)
}

/** By an index for our own model's vectors, by looking at all for those of other workers. */
async function nearestVectors(db: Sql, owner: Owner, { model, embedding }: Fingerprint, nearest: number) {
  const vector = JSON.stringify(embedding)
  const dims = embedding.length
  const column = sql.raw(`v.embedding::vector(${dims})`)
  return db.transaction(async (tx) => {
    await tx.execute(sql`set local hnsw.iterative_scan = strict_order`)
    const { rows } = await query<{ id: number; similarity: number }>(
      tx,
      sql`select v.image_id as id, 1 - (${column} <=> ${vector}) as similarity from image_vectors v
        join images i on i.id = v.image_id
        where v.model = ${sql.raw(quoted(model))} and vector_dims(v.embedding) = ${sql.raw(String(dims))}
          and i.owner is not distinct from ${owner}
        order by ${column} <=> ${vector} limit ${nearest}`,
    )
    return rows
  })
}

/** Written out, since a parameter would keep the planner from seeing that the partial index fits. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

const query = <Row>(db: Pick<Sql, 'execute'>, statement: ReturnType<typeof sql>) =>
  db.execute(statement) as unknown as Promise<{ rows: Row[] }>
