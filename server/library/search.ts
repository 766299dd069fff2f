import { sql } from 'drizzle-orm'
import { bandKeys, HashIndex, nearKeys } from '../../core/copies/hash-index'
import { hammingDistance } from '../../core/copies/pdq'
import type { Owner } from '../api/library'
import type { Sql } from '../db/database'
import { imageBands } from '../db/library-schema'
import { addVector, nearestVectors, type Vector } from './vectors'

/** What a picture is looked for by. */
export interface Fingerprint extends Vector {
  readonly sha256: string
  /** Perceptual hashes of its eight orientations. */
  readonly orientations: readonly string[]
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
export async function indexImage(db: Sql, id: number, pdq: string, vector: Vector): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(imageBands).where(sql`${imageBands.imageId} = ${id}`)
    await tx.insert(imageBands).values(bandKeys(pdq).map((key, band) => ({ imageId: id, band, key })))
    await addVector(tx, id, vector)
  })
}

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

const MOST_ALIKE = 64 // of one file, or with one band of the hash: a thousand blank pages are not looked at one by one

async function sameFile(db: Sql, owner: Owner, sha256: string): Promise<number[]> {
  const { rows } = await query<{ id: number }>(
    db,
    sql`select id from images where sha256 = ${sha256} and owner is not distinct from ${owner} and status = 'PROCESSED'
      order by id limit ${MOST_ALIKE}`,
  )
  return rows.map(({ id }) => id)
}

/** Looks up every band key that a near hash can have, one by one, so that the work grows with the answers alone. */
async function sameHash(db: Sql, owner: Owner, orientations: readonly string[]) {
  const wanted = [...new Set(orientations.flatMap(nearKeys).map(({ band, key }) => band * 65_536 + key))]
  const { rows } = await query<{ id: number; pdq: string }>(
    db,
    sql`select distinct near.id, near.pdq from unnest(${sql.raw(`'{${wanted.join(',')}}'::int[]`)}) as wanted(place)
      cross join lateral (
        select i.id, i.pdq from image_bands b join images i on i.id = b.image_id
        where b.band = wanted.place / 65536 and b.key = wanted.place % 65536
          and i.owner is not distinct from ${owner} and i.pdq is not null
        limit ${MOST_ALIKE}
      ) as near`,
  )
  return rows
    .map(({ id, pdq }) => ({ id, distance: Math.min(...orientations.map((hash) => hammingDistance(hash, pdq))) }))
    .filter(({ distance }) => distance <= HashIndex.FARTHEST)
}

const query = <Row>(db: Pick<Sql, 'execute'>, statement: ReturnType<typeof sql>) =>
  db.execute(statement) as unknown as Promise<{ rows: Row[] }>
