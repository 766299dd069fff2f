import type { Checkpoint } from '../progress'
import { HashIndex } from './hash-index'
import { nearestPairs } from './nearest-pairs'

/** What a picture is compared by. */
export interface Print {
  /** Perceptual hashes of its eight orientations, the first as it is. */
  readonly orientations: readonly string[]
  /** 0 to 100; below 50 the hash tells too little. */
  readonly quality: number
  /** Of length 1; of all pictures from the same model. */
  readonly embedding: ArrayLike<number>
}

/** Two pictures that may be copies, by their numbers, `a < b`. */
export interface Candidate {
  readonly a: number
  readonly b: number
  /** Differing bits in the orientation that fits best; null where they are more than 31. */
  readonly distance: number | null
  /** Cosine; null where neither is among the other's nearest. */
  readonly similarity: number | null
}

export interface CandidateOptions {
  /** Cosine below which nobody is a neighbour. */
  readonly floor: number
  /** Most neighbours of one picture by hash, and again by embedding. */
  readonly nearest: number
}

export const CANDIDATES: CandidateOptions = { floor: 0.5, nearest: 3 }

const TELLING = 50 // PDQ's authors advise against hashes of less detail
const HASH_SHARE = 0.1 // of the time

/**
 * Pairs worth a closer look among many pictures, the most alike first. No picture is compared with every other one, neither
 * by hash nor, among more than a few thousand, by embedding; at most `2 · nearest` pairs for each picture come out.
 */
export async function candidates(
  prints: readonly Print[],
  { floor, nearest }: CandidateOptions,
  checkpoint: Checkpoint,
): Promise<Candidate[]> {
  const found = new Map<number, Candidate>()
  const note = (i: number, j: number, part: Partial<Candidate>) => {
    const [a, b] = [Math.min(i, j), Math.max(i, j)]
    const key = a * prints.length + b
    const known = found.get(key) ?? { a, b, distance: null, similarity: null }
    found.set(key, { ...known, ...part })
  }
  const byHash = (share: number) => checkpoint(HASH_SHARE * share, 1)
  for (const { a, b, distance } of await hashPairs(prints, nearest, byHash)) note(a, b, { distance })
  const byVector = (share: number) => checkpoint(HASH_SHARE + (1 - HASH_SHARE) * share, 1)
  const vectors = prints.map(({ embedding }) => embedding)
  const { pairs } = await nearestPairs(vectors, { floor, nearest }, byVector)
  for (const { a, b, similarity } of pairs) note(a, b, { similarity })
  return [...found.values()].sort((one, other) => likeness(other) - likeness(one) || one.a - other.a || one.b - other.b)
}

const likeness = ({ distance, similarity }: Candidate): number =>
  Math.max(similarity ?? -1, distance === null ? -1 : 1 - distance / 128)

interface HashPair {
  readonly a: number
  readonly b: number
  readonly distance: number
}

/** Each picture is looked up among those before it, so that no two are compared twice. */
async function hashPairs(
  prints: readonly Print[],
  nearest: number,
  tell: (share: number) => Promise<void>,
): Promise<HashPair[]> {
  const telling = prints.flatMap(({ quality }, i) => (quality >= TELLING ? [i] : []))
  const index = new HashIndex()
  const pairs: HashPair[] = []
  for (const [at, b] of telling.entries()) {
    for (const [earlier, distance] of nearOf(prints[b], index)) pairs.push({ a: telling[earlier], b, distance })
    index.add(prints[b].orientations[0])
    await tell((at + 1) / telling.length)
  }
  return nearestOfEach(pairs, nearest)
}

const CROWD = 64 // hashes with the same 16 bits: among more, as of blank pages, the latest stand for the others

/** The near hashes in any orientation, with their distances. */
function nearOf({ orientations }: Print, index: HashIndex): ReadonlyMap<number, number> {
  const best = new Map<number, number>()
  for (const hash of new Set(orientations)) {
    for (const near of index.search(hash, HashIndex.FARTHEST, CROWD)) {
      best.set(near.index, Math.min(near.distance, best.get(near.index) ?? Number.POSITIVE_INFINITY))
    }
  }
  return best
}

/** Pairs of which one picture is among the `nearest` of the other. */
function nearestOfEach(pairs: readonly HashPair[], nearest: number): HashPair[] {
  const taken = new Map<number, number>()
  return pairs
    .toSorted((one, other) => one.distance - other.distance || one.a - other.a || one.b - other.b)
    .filter(({ a, b }) => {
      const [ofA, ofB] = [taken.get(a) ?? 0, taken.get(b) ?? 0]
      taken.set(a, ofA + 1).set(b, ofB + 1)
      return ofA < nearest || ofB < nearest
    })
}
