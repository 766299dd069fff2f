import type { Candidate } from '../../core/copies/candidates'
import { DisjointSets, type Link } from '../../core/copies/groups'
import type { FolderStore } from './database'
import type { Gate } from './gate'
import { type Picture, pairKey, type StoredPair } from './picture'
import type { FolderTools } from './tools'

export interface LinkProgress {
  readonly done: number
  readonly total: number
  /** Pairs of copies so far; more are added to it. */
  readonly links: readonly StoredPair[]
}

interface LinkOptions {
  readonly store: FolderStore
  readonly tools: FolderTools
  readonly gate: Gate
  readonly signal: AbortSignal
  /** Keys of pairs that are no copies, and are never to be in one group. */
  readonly ignored: ReadonlySet<string>
  onProgress(progress: LinkProgress): void
}

/**
 * Compares candidates, the most alike first, and gives those that are copies. Two that hang together already are not
 * compared any more, so that a group of many copies takes as many comparisons as it has pictures; nor are two that would
 * bring together what people have set apart.
 *
 * What an earlier time compared is not compared again.
 */
export async function linkPictures(
  pictures: readonly Picture[],
  candidates: readonly Candidate[],
  { store, tools, gate, signal, ignored, onProgress }: LinkOptions,
): Promise<readonly StoredPair[]> {
  const sets = new DisjointSets(pictures.length)
  const apart = apartIn(pictures, ignored)
  const links: StoredPair[] = []
  for (const [done, candidate] of candidates.entries()) {
    await gate.pass(signal)
    onProgress({ done, total: candidates.length, links })
    if (sets.isJoined(candidate) || wouldJoin(apart, candidate, sets)) continue
    const [one, other] = inOrder(pictures[candidate.a], pictures[candidate.b])
    const kept = await store.pair(one.sha256, other.sha256)
    const isCurrent = kept?.contract === tools.pairContract && isOfSize(kept, pictures.length)
    const pair = isCurrent ? kept : (await tools.compare(one, other, pictures.length, signal)).pair
    if (!isCurrent) await store.keepPair(pair)
    if (!pair.isCopy) continue
    sets.join(candidate)
    links.push(pair)
  }
  onProgress({ done: candidates.length, total: candidates.length, links })
  return links
}

/** The same pair is always compared the same way round. */
export const inOrder = (one: Picture, other: Picture) =>
  [one, other]
    .map(({ print: { sha256 }, files: [{ file }] }) => ({ sha256, file }))
    .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))

const SAME_SIZE = 2 // a folder that grows by less changes hardly any probability

const isOfSize = ({ librarySize }: StoredPair, size: number): boolean =>
  Math.max(librarySize, size) <= SAME_SIZE * Math.min(librarySize, size)

/** The ignored pairs of which both pictures are here. */
function apartIn(pictures: readonly Picture[], ignored: ReadonlySet<string>): Link[] {
  const places = new Map(pictures.map(({ print }, i) => [print.sha256, i]))
  return [...ignored].flatMap((key) => {
    const [a, b] = key.split(':').map((sha256) => places.get(sha256))
    return a === undefined || b === undefined ? [] : [{ a, b }]
  })
}

function wouldJoin(apart: readonly Link[], { a, b }: Link, sets: DisjointSets): boolean {
  const joined = pairKey(String(sets.root(a)), String(sets.root(b)))
  return apart.some((pair) => pairKey(String(sets.root(pair.a)), String(sets.root(pair.b))) === joined)
}
