/** Two pictures that are copies of one another, by their numbers. */
export interface Link {
  readonly a: number
  readonly b: number
}

/**
 * Pictures that hang together by links, transitively; pictures without any are in no group.
 *
 * @param count pictures, numbered from 0
 * @returns groups of two and more, each in ascending order, by their first picture
 * @see Tarjan, "Efficiency of a good but not linear set union algorithm", JACM 1975
 */
export function groupsOf(count: number, links: Iterable<Link>): number[][] {
  const parent = Uint32Array.from({ length: count }, (_, i) => i)
  for (const { a, b } of links) {
    const [first, second] = [rootOf(parent, a), rootOf(parent, b)]
    parent[Math.max(first, second)] = Math.min(first, second)
  }
  const groups = new Map<number, number[]>()
  for (let i = 0; i < count; i++) {
    const root = rootOf(parent, i)
    const group = groups.get(root)
    if (group) group.push(i)
    else groups.set(root, [i])
  }
  return [...groups.values()].filter(({ length }) => length > 1)
}

/** Halves the path on the way, so that later walks are short. */
function rootOf(parent: Uint32Array, start: number): number {
  let at = start
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]]
    at = parent[at]
  }
  return at
}
