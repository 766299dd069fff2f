import type { Size } from '../../core/raster'
import type { ScoreMap } from './match-map'

/**
 * Places of the map that are higher than the neighbours around them, best first.
 *
 * Of neighbours with the very same score, the first one (by rows, then columns) stands for all.
 *
 * @param lowest places below this score do not count
 * @returns indices into the map's values; equal scores in the order of the map
 */
export function findPeaks({ values: scores, width, height }: ScoreMap, lowest: number): Uint32Array {
  const keys: number[] = []
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      if (scores[at] >= lowest && isPeak(scores, width, height, x, y)) keys.push(toKey(scores[at], at))
    }
  }
  return Uint32Array.from(Float64Array.from(keys).sort().reverse(), toIndex)
}

// Score and place as one number, since sorting numbers is many times quicker than sorting by a function. Scores count to
// 2^-24, as exact as 32-bit floats near 1 are; of equal ones the earlier place has the higher key.
const PLACES = 2 ** 28
const toKey = (score: number, at: number) => Math.round(score * 2 ** 24) * PLACES + PLACES - 1 - at
const toIndex = (key: number) => PLACES - 1 - (key % PLACES)

function isPeak(scores: Float32Array, width: number, height: number, x: number, y: number): boolean {
  const at = y * width + x
  const score = scores[at]
  const [left, right, up, down] = [x > 0, x < width - 1, y > 0, y < height - 1]
  if (left && scores[at - 1] >= score) return false
  if (right && scores[at + 1] > score) return false
  if (up) {
    const above = at - width
    if (scores[above] >= score || (left && scores[above - 1] >= score)) return false
    if (right && scores[above + 1] >= score) return false
  }
  if (down) {
    const below = at + width
    if (scores[below] > score || (left && scores[below - 1] > score)) return false
    if (right && scores[below + 1] > score) return false
  }
  return true
}

// Two finds that share more than this part of their common area are the same find.
const MOST_OVERLAP = 0.3

/**
 * Greedy non-maximum suppression: keeps a peak unless it overlaps a better one that was kept.
 *
 * What is kept above a score does not depend on the peaks below it, so a higher threshold only cuts the list short.
 *
 * @param peaks indices into a map, best first
 * @param box size of every find
 * @returns the peaks that stay, in the same order
 */
export function suppress(peaks: Uint32Array, map: Size, box: Size): number[] {
  const kept: number[] = []
  const grid = new Grid(map, box)
  for (const peak of peaks) {
    const [x, y] = [peak % map.width, Math.floor(peak / map.width)]
    if (grid.covers(x, y)) continue
    grid.add(x, y)
    kept.push(peak)
  }
  return kept
}

/** Finds by the box-sized cell they start in: one that overlaps is in the same cell or beside it. */
class Grid {
  readonly #box: Size
  readonly #columns: number
  /** For each cell, the last find in it, and for each find, the one before it in its cell; -1 for none. */
  readonly #last: Int32Array
  readonly #before: number[] = []
  readonly #x: number[] = []
  readonly #y: number[] = []

  constructor(map: Size, box: Size) {
    this.#box = box
    this.#columns = Math.ceil(map.width / box.width) + 2 // one empty all round, so that neighbours need no checks
    this.#last = new Int32Array(this.#columns * (Math.ceil(map.height / box.height) + 2)).fill(-1)
  }

  add(x: number, y: number): void {
    const cell = this.#cellOf(x, y)
    this.#before.push(this.#last[cell])
    this.#last[cell] = this.#x.push(x) - 1
    this.#y.push(y)
  }

  covers(x: number, y: number): boolean {
    const cell = this.#cellOf(x, y)
    for (let row = cell - this.#columns; row <= cell + this.#columns; row += this.#columns) {
      for (let near = row - 1; near <= row + 1; near++) {
        for (let find = this.#last[near]; find >= 0; find = this.#before[find]) {
          if (this.#overlap(Math.abs(x - this.#x[find]), Math.abs(y - this.#y[find])) > MOST_OVERLAP) return true
        }
      }
    }
    return false
  }

  #cellOf(x: number, y: number): number {
    const { width, height } = this.#box
    return (Math.floor(y / height) + 1) * this.#columns + Math.floor(x / width) + 1
  }

  /** Intersection over union of two boxes, (dx, dy) apart. */
  #overlap(dx: number, dy: number): number {
    const { width, height } = this.#box
    const shared = Math.max(0, width - dx) * Math.max(0, height - dy)
    return shared / (2 * width * height - shared)
  }
}
