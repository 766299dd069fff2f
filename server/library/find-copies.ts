import { EMBEDDINGS } from '../../operators/fingerprint/models'
import type { Owner } from '../api/library'
import type { Sql } from '../db/database'
import type { Storage } from '../storage/storage'
import { type Compute, compareAll, type Evidence, type Known } from './fingerprints'
import { countImages, findImage } from './image-store'
import { findCandidates } from './search'

export interface FoundCopy {
  readonly id: number
  readonly evidence: Evidence
}

export interface SearchParts {
  readonly sql: Sql
  readonly storage: Storage
  readonly compute: Compute
}

export const NEAREST = 24 // of the embedding; a copy that is not among them has been edited beyond recognition
const COMPARED = 32 // at most, since each comparison takes half a second

/**
 * The cascade: file hash, perceptual hash and embedding name candidates, alignment decides.
 *
 * @param self a picture of the library that is not to be found itself
 * @param limit most copies
 * @returns the likeliest first
 */
export async function findCopies(
  parts: SearchParts,
  owner: Owner,
  picture: { readonly bytes: Uint8Array<ArrayBuffer>; readonly known: Known },
  { self, limit = COMPARED, signal }: { self?: number; limit?: number; signal: AbortSignal },
): Promise<FoundCopy[]> {
  const { sql, storage, compute } = parts
  const { least } = EMBEDDINGS[picture.known.model] // a comparison costs time
  const isNear = (similarity: number | null) => similarity !== null && similarity >= least
  const found = await findCandidates(sql, owner, picture.known, NEAREST)
  const near = found.filter(({ distance, similarity }) => distance !== null || isNear(similarity))
  const ids = near.map(({ id }) => id).filter((id) => id !== self)
  const files = await Promise.all(ids.slice(0, COMPARED).map((id) => readImage(sql, storage, owner, id)))
  const readable = files.filter((file) => file !== undefined)
  const size = await countImages(sql, owner, {})
  const others = readable.map(({ bytes }) => bytes)
  const evidence = await compareAll(compute, picture.bytes, others, size, signal)
  return readable
    .flatMap(({ id }, i) => {
      const one = evidence[i]
      return one && one.copies_found > 0 ? [{ id, evidence: one }] : []
    })
    .sort((a, b) => b.evidence.probability - a.evidence.probability || a.id - b.id)
    .slice(0, limit)
}

/** Undefined for one that was removed meanwhile. */
async function readImage(sql: Sql, storage: Storage, owner: Owner, id: number) {
  const row = await findImage(sql, owner, id)
  const bytes = row && (await storage.read(row.path).catch(() => undefined))
  return bytes && { id, bytes }
}
