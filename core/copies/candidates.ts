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
 * Pairs worth a closer look among many pictures, the most alike first. By hash each picture is looked up, not compared
 * with every other one; by embedding all are, a few hundred million numbers a second, and only the nearest are kept:
 * at most `2 · nearest` pairs for each picture come out, however many the pictures are.
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
  for (const { a, b, similarity } of await nearestPairs(vectors, { floor, nearest }, byVector)) {
    note(a, b, { similarity })
  }
  return [...found.values()].sort((one, other) => likeness(other) - likeness(one) || one.a - other.a || one.b - other.b)
}

const likeness = ({ distance, similarity }: Candidate): number =>
  Math.max(similarity ?? -1, distance === null ? -1 : 1 - distance / 128)

interface HashPair {
  readonly a: number
  readonly b: number
  readonly distance: number
}

async function hashPairs(
  prints: readonly Print[],
  nearest: number,
  tell: (share: number) => Promise<void>,
): Promise<HashPair[]> {
  const telling = prints.flatMap(({ quality }, i) => (quality >= TELLING ? [i] : []))
  const index = new HashIndex()
  for (const i of telling) index.add(prints[i].orientations[0])
  const pairs = new Map<number, HashPair>()
  for (const [at, i] of telling.entries()) {
    for (const [other, distance] of nearOf(prints[i], index, at, nearest)) {
      const [a, b] = [Math.min(i, telling[other]), Math.max(i, telling[other])]
      const known = pairs.get(a * prints.length + b)
      if (!known || distance < known.distance) pairs.set(a * prints.length + b, { a, b, distance })
    }
    await tell((at + 1) / telling.length)
  }
  return [...pairs.values()]
}

/** The nearest hashes in any orientation, with their distances. */
function nearOf({ orientations }: Print, index: HashIndex, self: number, nearest: number): [number, number][] {
  const best = new Map<number, number>()
  for (const hash of new Set(orientations)) {
    for (const near of index.search(hash)) {
      if (near.index === self) continue
      best.set(near.index, Math.min(near.distance, best.get(near.index) ?? Number.POSITIVE_INFINITY))
    }
  }
  return [...best].sort(([i, one], [j, other]) => one - other || i - j).slice(0, nearest)
}
