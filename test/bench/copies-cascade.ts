import { HashIndex } from '../../core/copies/hash-index'
import { hammingDistance } from '../../core/copies/pdq'
import { probability, verdictOf } from '../../operators/compare-copies/verdict'
import { EMBEDDINGS } from '../../operators/fingerprint/models'
import { NEAREST } from '../../server/library/find-copies'
import { byEdit, cosineLikeness, printTable, share } from './copies-figures'
import { balancedPairs, comparePair, nearest, type Pair, printReliability, sampled } from './copies-pairs'
import { type EditSet, MODEL, type Picture, readEditSet } from './copies-set'

const BARS = { precision: 0.995, recall: 0.9, top1: 0.98 }

/** The whole way of a picture through the library: candidates as it picks them, each compared, the verdict. */
export async function printCascade(): Promise<void> {
  const set = await readEditSet('measured')
  if (!set) return
  const size = set.originals.length
  const rows: Row[] = []
  for (const query of sampled(set)) rows.push(await search(set, query))
  const pairs = rows.flatMap((row) => row.pairs)
  console.log(`${rows.length} edits against ${size} pictures: ${pairs.length} comparisons`)
  const claims = pairs.filter(({ evidence }) => isClaimed(evidence, size))
  const figures = {
    precision: share(claims, ({ isCopy }) => isCopy),
    recall: share(rows, (row) => isFound(row, size)),
    top1: share(rows, (row) => isFirst(row, size)),
  }
  printTable(
    ['', 'cascade', 'bar'],
    Object.entries(BARS).map(([name, bar]) => [name, figures[name as keyof typeof BARS], bar]),
  )
  printTable(['recall of', 'cascade'], Object.entries(byEdit(rows, (row) => isFound(row, size))))
  console.log(`probabilities in a library of ${size}, of the pairs that were compared`)
  printReliability(pairs, size)
  console.log('probabilities of two pictures without a library, as many copies as nearest strangers')
  printReliability(await balancedPairs(set), 1)
}

interface Row {
  readonly edit: string
  readonly pairs: readonly Pair[]
}

async function search(set: EditSet, query: Picture): Promise<Row> {
  const pairs: Pair[] = []
  for (const candidate of candidates(set, query)) pairs.push(await comparePair(query, candidate))
  return { edit: query.edit ?? '', pairs }
}

/** As server/library/search.ts and find-copies.ts pick them, without a database. */
function candidates(set: EditSet, query: Picture): Picture[] {
  const near = nearest(set, query, NEAREST).filter((one) => cosineLikeness(query, one) >= EMBEDDINGS[MODEL].least)
  const hashed = set.originals.filter(({ pdq }) =>
    query.pdq.orientations.some((hash) => hammingDistance(hash, pdq.hash) <= HashIndex.FARTHEST),
  )
  return [...new Set([...near, ...hashed])]
}

type Known = Pair['evidence']

const isClaimed = (evidence: Known, size: number): boolean =>
  !['similar', 'different'].includes(verdictOf(evidence, probability(evidence, size)))

const isFound = ({ pairs }: Row, size: number): boolean =>
  pairs.some(({ isCopy, evidence }) => isCopy && isClaimed(evidence, size))

/** Whether the likeliest is the original. */
function isFirst({ pairs }: Row, size: number): boolean {
  const ranked = pairs.toSorted((a, b) => probability(b.evidence, size) - probability(a.evidence, size))
  return ranked[0]?.isCopy ?? false
}
