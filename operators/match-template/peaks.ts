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
  const found: number[] = []
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      if (scores[at] >= lowest && isPeak(scores, width, height, x, y)) found.push(at)
    }
  }
  return Uint32Array.from(found).sort((a, b) => scores[b] - scores[a] || a - b)
}

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
 * @param peaks indices into a map of `width`, best first
 * @param box size of every find
 * @returns the peaks that stay, in the same order
 */
export function suppress(peaks: Uint32Array, width: number, box: Size): number[] {
  const kept: number[] = []
  const cells = new Map<number, number[]>() // kept ones by the box-sized cell they start in: overlap needs a neighbour cell
  const columns = Math.ceil(width / box.width) + 2
  for (const peak of peaks) {
    const [x, y] = [peak % width, Math.floor(peak / width)]
    const cell = (Math.floor(y / box.height) + 1) * columns + Math.floor(x / box.width) + 1
    if (isCovered(x, y, cell, columns, cells, width, box)) continue
    kept.push(peak)
    const inCell = cells.get(cell)
    if (inCell) inCell.push(peak)
    else cells.set(cell, [peak])
  }
  return kept
}

function isCovered(
  x: number,
  y: number,
  cell: number,
  columns: number,
  cells: ReadonlyMap<number, readonly number[]>,
  width: number,
  box: Size,
): boolean {
  for (let row = -columns; row <= columns; row += columns) {
    for (let column = -1; column <= 1; column++) {
      for (const other of cells.get(cell + row + column) ?? []) {
        const dx = Math.abs(x - (other % width))
        const dy = Math.abs(y - Math.floor(other / width))
        if (overlap(dx, dy, box) > MOST_OVERLAP) return true
      }
    }
  }
  return false
}

/** Intersection over union of two boxes of one size, shifted by (dx, dy). */
function overlap(dx: number, dy: number, { width, height }: Size): number {
  const shared = Math.max(0, width - dx) * Math.max(0, height - dy)
  return shared / (2 * width * height - shared)
}
