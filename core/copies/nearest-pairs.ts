import { NeighbourGraph, type Rows } from './neighbour-graph'

const BLOCK = 64 // vectors of each side that stay in the cache while they are multiplied

export interface SimilarPair {
  readonly a: number
  readonly b: number
  readonly similarity: number
}

interface Nearest {
  readonly floor: number
  readonly nearest: number
}

const COMPARED = 4000 // vectors of which all pairs are compared sooner than a graph of them is built

interface Found {
  readonly pairs: readonly SimilarPair[]
  /** How many similarities were computed. */
  readonly compared: number
}

/**
 * Each vector's nearest others: exactly among a few thousand; among more by a graph, in time that grows little faster than
 * their number, which misses a neighbour now and then.
 *
 * @param vectors of one length, each of norm 1
 * @param tell is told the share that is done
 * @returns every pair of which one is among the `nearest` of the other, with a cosine of at least `floor`; `a < b`
 */
export async function nearestPairs(
  vectors: readonly ArrayLike<number>[],
  { floor, nearest }: Nearest,
  tell: (share: number) => Promise<void>,
): Promise<Found> {
  const rows = pack(vectors)
  const best = vectors.map(() => new Best(nearest, floor))
  const compare = vectors.length > COMPARED ? walkGraph : compareAll
  const compared = await compare(rows, best, tell)
  return { pairs: pairsOf(best), compared }
}

/** Every similarity that building the graph needs is also offered to both: no walk is made for the sake of an answer. */
async function walkGraph(rows: Rows, best: readonly Best[], tell: (share: number) => Promise<void>): Promise<number> {
  const graph = new NeighbourGraph(rows, (a, b, similarity) => {
    best[a].offer(b, similarity)
    best[b].offer(a, similarity)
  })
  for (let row = 0; row < best.length; row++) {
    graph.add(row)
    await tell((row + 1) / best.length)
  }
  return graph.compared
}

/** In blocks, so that every vector is read from memory once per block and not once per pair. */
async function compareAll(rows: Rows, best: readonly Best[], tell: (share: number) => Promise<void>): Promise<number> {
  const count = best.length
  const blocks = Math.ceil(count / BLOCK)
  let done = 0
  for (let row = 0; row < blocks; row++) {
    for (let column = row; column < blocks; column++) {
      multiply(rows, row * BLOCK, column * BLOCK, count, best)
      await tell(++done / ((blocks * (blocks + 1)) / 2))
    }
  }
  return (count * (count - 1)) / 2
}

function pack(vectors: readonly ArrayLike<number>[]): Rows {
  const length = vectors[0]?.length ?? 0
  const data = new Float32Array(vectors.length * length)
  for (const [i, vector] of vectors.entries()) {
    if (vector.length !== length) throw new RangeError(`Vector ${i} has ${vector.length} numbers, the first ${length}`)
    data.set(vector, i * length)
  }
  return { length, data }
}

function multiply({ length, data }: Rows, top: number, left: number, count: number, best: readonly Best[]): void {
  for (let i = top, end = Math.min(top + BLOCK, count); i < end; i++) {
    for (let j = Math.max(left, i + 1), last = Math.min(left + BLOCK, count); j < last; j++) {
      let sum = 0
      for (let k = 0, a = i * length, b = j * length; k < length; k++) sum += data[a + k] * data[b + k]
      best[i].offer(j, sum)
      best[j].offer(i, sum)
    }
  }
}

/** The few largest of many, in descending order. */
class Best {
  readonly #most: number
  readonly #floor: number
  readonly others: number[] = []
  readonly similarities: number[] = []

  constructor(most: number, floor: number) {
    this.#most = most
    this.#floor = floor
  }

  offer(other: number, similarity: number): void {
    const isFull = this.others.length === this.#most
    if (similarity < this.#floor || (isFull && similarity <= this.similarities[this.#most - 1])) return
    if (this.others.includes(other)) return
    let at = this.others.length
    while (at > 0 && this.similarities[at - 1] < similarity) at--
    this.others.splice(at, 0, other)
    this.similarities.splice(at, 0, similarity)
    if (!isFull) return
    this.others.pop()
    this.similarities.pop()
  }
}

function pairsOf(best: readonly Best[]): SimilarPair[] {
  return best.flatMap(({ others, similarities }, i) =>
    others.flatMap((other, k) => {
      if (other < i && best[other].others.includes(i)) return [] // given already, from the other side
      return [{ a: Math.min(i, other), b: Math.max(i, other), similarity: similarities[k] }]
    }),
  )
}
