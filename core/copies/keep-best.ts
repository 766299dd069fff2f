import { DisjointSets } from './groups'

/** What is known of one picture of a group. */
export interface Keepable {
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Of the file. */
  readonly bytes: number
  /** Whether its format loses nothing. */
  readonly lossless: boolean
  /** Milliseconds since 1970; when the file was last changed. */
  readonly modified: number
}

/** How two pictures of a group lie on each other, by their places in it; as `compare-copies` says it. */
export interface Lie {
  readonly a: number
  readonly b: number
  readonly edits: readonly string[]
  /** How much of `b` is covered by `a`, 0..1; null where they were not aligned. */
  readonly overlap: number | null
  /** How much of `a` lies on `b`, 0..1; null where they were not aligned. */
  readonly inside: number | null
}

/** Why one is better than others, the weightiest first. */
export const REASONS = ['whole', 'untouched', 'most_pixels', 'lossless', 'least_compressed', 'oldest'] as const
export type Reason = (typeof REASONS)[number]

export interface Choice {
  /** Its place in the group. */
  readonly best: number
  /** What told it from the others; none where all are alike in everything. */
  readonly reasons: readonly Reason[]
}

const WHOLE = 0.97 // of a picture; below, something of it is missing in the other one
const ALIKE = 0.02 // pixels or bytes that differ by less tell nothing
const TOUCHES = new Set(['overlaid', 'recolored', 'mirrored', 'turned'])

/**
 * The picture of a group that is worth keeping. Reason by reason those that fall behind the best are left out, until one
 * is left; of several that are left in the end, the first.
 *
 * Of two pictures that differ by something laid over one of them, nothing says which is the original; of three and more,
 * those that differ from the others only in size and compression outvote the rest.
 *
 * @param members at least one
 */
export function keepBest(members: readonly Keepable[], lies: readonly Lie[]): Choice {
  let left = members.map((_, i) => i)
  const reasons: Reason[] = []
  for (const reason of REASONS) {
    const scores = SCORES[reason](members, lies, left)
    const best = Math.max(...scores)
    const kept = left.filter((_, i) => scores[i] >= best - Math.abs(best) * (ALIKE_BY_SHARE.has(reason) ? ALIKE : 0))
    if (kept.length < left.length) reasons.push(reason)
    left = kept
  }
  return { best: left[0], reasons }
}

const ALIKE_BY_SHARE: ReadonlySet<Reason> = new Set(['most_pixels', 'least_compressed'])

/** Of those that are left, in their order; more is better. */
type Score = (members: readonly Keepable[], lies: readonly Lie[], left: readonly number[]) => number[]

const each =
  (score: (member: Keepable) => number): Score =>
  (members, _, left) =>
    left.map((i) => score(members[i]))

const pixels = ({ width, height }: Keepable): number => width * height

const SCORES: Readonly<Record<Reason, Score>> = {
  whole: (_, lies, left) => {
    const parts = new Set(lies.flatMap(partOf))
    return left.map((i) => (parts.has(i) ? 0 : 1))
  },
  untouched: (members, lies, left) => {
    const alike = new DisjointSets(members.length)
    for (const lie of lies) if (!lie.edits.some((edit) => TOUCHES.has(edit))) alike.join(lie)
    const counts = new Map<number, number>()
    for (const i of members.keys()) counts.set(alike.root(i), (counts.get(alike.root(i)) ?? 0) + 1)
    return left.map((i) => counts.get(alike.root(i)) ?? 0)
  },
  most_pixels: each(pixels),
  lossless: each(({ lossless }) => (lossless ? 1 : 0)),
  least_compressed: each((member) => member.bytes / Math.max(1, pixels(member))),
  oldest: each(({ modified }) => -modified),
}

/** The one of the two that lacks something of the other; nobody where each has something of its own. */
function partOf({ a, b, overlap, inside }: Lie): number[] {
  if (overlap === null || inside === null) return []
  if (overlap < WHOLE && inside >= WHOLE) return [a]
  return inside < WHOLE && overlap >= WHOLE ? [b] : []
}
