import type { Size } from '../../core/raster'
import type { Lattice } from './lattice'
import type { Plane } from './planes'

/** Mean and standard error of each place in the tile, and for each pixel which place it is. */
export function foldOf(detail: Plane, { width }: Size, { a, b }: Lattice) {
  const columns = Math.max(Math.round(Math.hypot(...a)), 1)
  const rows = Math.max(Math.round(Math.hypot(...b)), 1)
  const determinant = a[0] * b[1] - a[1] * b[0]
  const cell = new Int32Array(detail.length)
  const [sums, counts, squares] = [0, 1, 2].map(() => new Float32Array(columns * rows))
  for (let i = 0; i < detail.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    const u = fraction((x * b[1] - y * b[0]) / determinant)
    const v = fraction((y * a[0] - x * a[1]) / determinant)
    const k = Math.floor(v * rows) * columns + Math.floor(u * columns)
    cell[i] = k
    sums[k] += detail[i]
    squares[k] += detail[i] ** 2
    counts[k]++
  }
  const means = sums.map((sum, k) => sum / Math.max(counts[k], 1))
  const errors = means.map((mean, k) => {
    const count = Math.max(counts[k], 1)
    return Math.sqrt(Math.max(squares[k] / count - mean * mean, 1) / count)
  })
  return { means, errors, cell }
}

const fraction = (value: number): number => Math.min(value - Math.floor(value), 0.999999)
