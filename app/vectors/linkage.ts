/** How alike two groups are: as their pairs on average, or as their most alike pair (connected components). */
export type Linkage = 'average' | 'single'

/** Two groups become one; each is named by one of its members. */
export interface Merge {
  readonly a: number
  readonly b: number
  /** Similarity of the two groups. */
  readonly at: number
}

/**
 * Hierarchical clustering by the nearest-neighbour chain, in O(n²) time and memory. The merges at or over a threshold
 * make the groups of that threshold, so that a slider has nothing to compute again.
 *
 * @param similarities n × n, row-major, symmetric; only read
 * @returns n − 1 merges, the most alike first
 * @see Murtagh, "A survey of recent advances in hierarchical clustering algorithms", The Computer Journal 1983
 */
export function mergesOf(similarities: Float32Array, n: number, linkage: Linkage): Merge[] {
  const table = similarities.slice()
  const sizes = new Uint32Array(n).fill(1)
  const merges: Merge[] = []
  const chain: number[] = []
  while (merges.length < n - 1) {
    if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0))
    const top = chain[chain.length - 1]
    const below = chain.at(-2) ?? -1
    const nearest = nearestTo(table, sizes, n, top, below)
    if (nearest !== below) {
      chain.push(nearest)
      continue
    }
    chain.length -= 2
    merges.push({ a: top, b: below, at: table[top * n + below] })
    join(table, sizes, n, top, below, linkage)
  }
  return merges.sort((one, other) => other.at - one.at)
}

/** Of equally near ones, the one below in the chain: else a tie would run in circles. */
function nearestTo(table: Float32Array, sizes: Uint32Array, n: number, of: number, below: number): number {
  let best = below
  let most = below < 0 ? Number.NEGATIVE_INFINITY : table[of * n + below]
  for (let other = 0; other < n; other++) {
    if (other === of || sizes[other] === 0 || !(table[of * n + other] > most)) continue
    most = table[of * n + other]
    best = other
  }
  return best
}

/** `b` becomes the joined group, `a` is gone. */
function join(table: Float32Array, sizes: Uint32Array, n: number, a: number, b: number, linkage: Linkage): void {
  const total = sizes[a] + sizes[b]
  for (let other = 0; other < n; other++) {
    if (other === a || other === b || sizes[other] === 0) continue
    const [toA, toB] = [table[a * n + other], table[b * n + other]]
    const joined = linkage === 'single' ? Math.max(toA, toB) : (toA * sizes[a] + toB * sizes[b]) / total
    table[b * n + other] = joined
    table[other * n + b] = joined
  }
  sizes[b] = total
  sizes[a] = 0
}
