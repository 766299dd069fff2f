import { hammingDistance } from '../../core/copies/pdq'
import { run } from '../../operators/compare-copies/run'
import { compareCopies } from '../../operators/compare-copies/spec'
import { type Evidence, probability, type Terms, termsOf } from '../../operators/compare-copies/verdict'
import { cosineLikeness, printTable } from './copies-figures'
import { context, type EditSet, type Picture } from './copies-set'

const SAMPLE = Number(process.env.SAMPLE ?? 3)

/** An edited picture and a picture of the library, compared as the tool does it. */
export interface Pair {
  readonly isCopy: boolean
  readonly evidence: Evidence
}

const params = compareCopies.params.parse({})

export async function comparePair(query: Picture, reference: Picture): Promise<Pair> {
  const { data } = await run({ image: query.raster, other: reference.raster }, params, context)
  return {
    isCopy: query.picture === reference.picture,
    evidence: {
      sameFile: false,
      pdqDistance: data.pdq_distance,
      pdqQuality: data.pdq_quality,
      similarity: data.similarity ?? undefined,
      inliers: data.inliers,
    },
  }
}

/** Each SAMPLE-th edit; as many of each kind, since 11 kinds follow one another. */
export const sampled = ({ edited }: EditSet): Picture[] => edited.filter((_, i) => i % SAMPLE === 0)

/** The most alike first. */
export const nearest = ({ originals }: EditSet, query: Picture, count: number): Picture[] =>
  originals
    .map((picture) => ({ picture, likeness: cosineLikeness(query, picture) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, count)
    .map(({ picture }) => picture)

/** Of each sampled edit, one pair with its original and one with the most alike of the strangers. */
export async function balancedPairs(set: EditSet): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (const query of sampled(set)) {
    const own = set.originals.find(({ picture }) => picture === query.picture)
    const stranger = nearest(set, query, 2).find(({ picture }) => picture !== query.picture)
    for (const other of [own, stranger]) if (other) pairs.push(await comparePair(query, other))
  }
  return pairs
}

const BINS = [0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1]

/** What was said against what was so: in each row, the two right columns should agree. */
export function printReliability(pairs: readonly Pair[], librarySize: number): void {
  const judged = pairs.map(({ isCopy, evidence }) => ({ isCopy, said: probability(evidence, librarySize) }))
  const rows = BINS.slice(1).flatMap((to, i) => {
    const from = BINS[i]
    const within = judged.filter(({ said }) => said >= from && (said < to || to === 1))
    if (within.length === 0) return []
    const mean = within.reduce((sum, { said }) => sum + said, 0) / within.length
    const copies = within.filter(({ isCopy }) => isCopy).length / within.length
    return [[`${from}–${to}`, String(within.length), mean, copies]]
  })
  printTable(['probability', 'pairs', 'mean of it', 'copies among them'], rows)
}

export interface Example {
  readonly isCopy: boolean
  readonly terms: Terms
  readonly weight: number
}

const UNLAID = 0.003 // of the copies are taken to agree in no detail, so that what the others say is weighed too

/**
 * As many copies as strangers by weight: each sampled edit with its original, and with every other picture. Of the strangers
 * only the most alike was laid on the edit; the others are taken to agree in nothing, as all of those did.
 */
export function weighedExamples(set: EditSet, pairs: readonly Pair[]): Example[] {
  const strangers = set.originals.length - 1
  const compared = pairs.flatMap(({ isCopy, evidence }) =>
    isCopy
      ? [exampleOf(true, evidence, 1 - UNLAID), exampleOf(true, { ...evidence, inliers: 0 }, UNLAID)]
      : [exampleOf(false, evidence, 1 / strangers)],
  )
  const others = sampled(set).flatMap((query) => {
    const [nearestStranger] = nearest(set, query, 2).filter(({ picture }) => picture !== query.picture)
    const far = set.originals.filter((one) => one.picture !== query.picture && one !== nearestStranger)
    return far.map((other) => exampleOf(false, unlaidEvidence(query, other), 1 / strangers))
  })
  return [...compared, ...others]
}

const exampleOf = (isCopy: boolean, evidence: Evidence, weight: number): Example => ({
  ...{ isCopy, weight },
  terms: termsOf(evidence),
})

const unlaidEvidence = (query: Picture, other: Picture): Evidence => ({
  sameFile: false,
  pdqDistance: Math.min(...query.pdq.orientations.map((hash) => hammingDistance(hash, other.pdq.hash))),
  pdqQuality: Math.min(query.pdq.quality, other.pdq.quality),
  similarity: cosineLikeness(query, other),
  inliers: 0,
})
