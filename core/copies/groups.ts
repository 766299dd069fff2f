import { collectBy } from '../collect-by'

/** Two pictures that are copies of one another, by their numbers. */
export interface Link {
  readonly a: number
  readonly b: number
}

/**
 * Pictures that hang together, while links between them are found one by one.
 *
 * @see Tarjan, "Efficiency of a good but not linear set union algorithm", JACM 1975
 */
export class DisjointSets {
  readonly #parent: Uint32Array

  /** @param count pictures, numbered from 0, each alone */
  constructor(count: number) {
    this.#parent = Uint32Array.from({ length: count }, (_, i) => i)
  }

  /** The first picture of the set, which stands for it. Halves the path on the way, so that later walks are short. */
  root(of: number): number {
    const parent = this.#parent
    let at = of
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]]
      at = parent[at]
    }
    return at
  }

  join({ a, b }: Link): void {
    const [first, second] = [this.root(a), this.root(b)]
    this.#parent[Math.max(first, second)] = Math.min(first, second)
  }

  isJoined({ a, b }: Link): boolean {
    return this.root(a) === this.root(b)
  }
}

/**
 * Pictures that hang together by links, transitively; pictures without any are in no group.
 *
 * @param count pictures, numbered from 0
 * @returns groups of two and more, each in ascending order, by their first picture
 */
export function groupsOf(count: number, links: Iterable<Link>): number[][] {
  const sets = new DisjointSets(count)
  for (const link of links) sets.join(link)
  const groups = collectBy(Array(count).keys(), (i) => sets.root(i))
  return [...groups.values()].filter(({ length }) => length > 1)
}
