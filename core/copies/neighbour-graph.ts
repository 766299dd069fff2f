/** Rows of one length, one after the other, each of norm 1. */
export interface Rows {
  readonly length: number
  readonly data: Float32Array
}

const LINKS = 16 // of a row on each level above the ground
const GROUND_LINKS = 24
const SLACK = 2 // lists grow to so many times their length before the best are chosen, which costs more than to wait
const BREADTH = 64 // candidates that a walk holds

/**
 * A graph in which a walk from any row to the nearest ones passes a few hundred rows, however many there are: rows link to
 * near ones in different directions, on levels of which each has fewer rows and longer links.
 *
 * @see Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using hierarchical navigable small
 * world graphs", TPAMI 2020
 */
export class NeighbourGraph {
  readonly #rows: Rows
  readonly #onCompared: (a: number, b: number, similarity: number) => void
  /** By level, then by row. */
  readonly #links: Map<number, Link[]>[] = []
  readonly #seen: Uint32Array
  #walk = 0
  #entry = -1
  #compared = 0

  /** @param onCompared hears of every pair of rows whose similarity was computed, some of them more than once */
  constructor(rows: Rows, onCompared: (a: number, b: number, similarity: number) => void) {
    this.#rows = rows
    this.#onCompared = onCompared
    this.#seen = new Uint32Array(rows.data.length / rows.length)
  }

  /** How many similarities were computed. */
  get compared(): number {
    return this.#compared
  }

  /** Each row once, in any order. */
  add(row: number): void {
    const level = levelOf(row)
    const top = this.#links.length - 1
    let from = this.#entry
    for (let above = top; above > level; above--) from = this.#nearest(row, from, above, 1)[0].row
    for (let at = Math.min(level, top); at >= 0; at--) {
      const near = this.#nearest(row, from, at, BREADTH)
      this.#link(row, near, at)
      from = near[0].row
    }
    if (level <= top) return
    for (let above = top + 1; above <= level; above++) this.#links.push(new Map([[row, []]]))
    this.#entry = row
  }

  /** Goes to whichever is nearest of those whose links were not followed yet, until the `breadth` nearest all were. */
  #nearest(row: number, from: number, level: number, breadth: number): Link[] {
    this.#walk++
    this.#seen[from] = this.#walk
    const near: Step[] = [{ row: from, similarity: this.#similarity(row, from), isFollowed: false }]
    for (let step: Step | undefined = near[0]; step; step = near.find(({ isFollowed }) => !isFollowed)) {
      step.isFollowed = true
      for (const link of this.#linksOf(step.row, level)) {
        if (this.#seen[link.row] === this.#walk) continue
        this.#seen[link.row] = this.#walk
        insert(near, { row: link.row, similarity: this.#similarity(row, link.row), isFollowed: false }, breadth)
      }
    }
    return near
  }

  #link(row: number, near: readonly Link[], level: number): void {
    const most = level === 0 ? GROUND_LINKS : LINKS
    const chosen = this.#spread(near, most)
    this.#links[level].set(row, chosen)
    for (const { row: other, similarity } of chosen) {
      const links = this.#linksOf(other, level)
      links.push({ row, similarity })
      if (links.length > most * SLACK) {
        links.sort((a, b) => b.similarity - a.similarity)
        this.#links[level].set(other, this.#spread(links, most))
      }
    }
  }

  /**
   * The nearest in each direction, and then the nearest of the others.
   *
   * @param near the nearest first
   */
  #spread(near: readonly Link[], most: number): Link[] {
    const [chosen, hidden]: [Link[], Link[]] = [[], []]
    for (const link of near) {
      if (chosen.length === most) break
      const isHidden = chosen.some((one) => this.#similarity(one.row, link.row) > link.similarity)
      if (isHidden) hidden.push(link)
      else chosen.push(link)
    }
    return [...chosen, ...hidden.slice(0, most - chosen.length)]
  }

  #linksOf(row: number, level: number): Link[] {
    return this.#links[level].get(row) ?? []
  }

  #similarity(a: number, b: number): number {
    const { length, data } = this.#rows
    let sum = 0
    for (let k = 0, i = a * length, j = b * length; k < length; k++) sum += data[i + k] * data[j + k]
    this.#compared++
    this.#onCompared(a, b, sum)
    return sum
  }
}

interface Link {
  readonly row: number
  readonly similarity: number
}

interface Step extends Link {
  isFollowed: boolean
}

/** Keeps the `most` nearest, the nearest first. */
function insert(near: Step[], step: Step, most: number): void {
  if (near.length === most && step.similarity <= near[most - 1].similarity) return
  let [low, high] = [0, near.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (near[middle].similarity >= step.similarity) low = middle + 1
    else high = middle
  }
  near.splice(low, 0, step)
  if (near.length > most) near.pop()
}

/** One row in LINKS is on level 1, one in LINKS² on level 2; the same rows each time. */
function levelOf(row: number): number {
  const scattered = Math.imul(row ^ (row >>> 16), 0x9e3779b1) ^ 0x5bd1e995
  const mixed = Math.imul(scattered ^ (scattered >>> 15), 0x85ebca6b)
  return Math.floor(-Math.log(((mixed >>> 0) + 1) / 2 ** 32) / Math.log(LINKS))
}
