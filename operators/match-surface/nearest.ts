import type { OrientedPoints } from '../../core/cloud'
import { type CellTable, cellTable, doubled, placeOf, putCell } from './cells'

/** Finds about the nearest of `points` in one look-up: each cell near a point knows the point nearest to its middle. */
export interface NearestTable {
  readonly points: OrientedPoints
  readonly cell: number
  readonly cells: CellTable
}

const AROUND = 27 // cells: the one of a point and those that touch it

/** @param cell edge of a cell; places further than about 1.5 cells from every point have no nearest one */
export function nearestTable(points: OrientedPoints, cell: number): NearestTable {
  const { count, positions } = points
  let cells = cellTable(count * 8) // a surface fills 5 to 7 of the 27 cells per point anew
  let filled = 0
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]]
    const [cx, cy, cz] = [Math.floor(x / cell), Math.floor(y / cell), Math.floor(z / cell)]
    if ((filled + AROUND) * 4 > cells.mask * 3) cells = doubled(cells) // points far from each other fill all of theirs
    for (let k = 0; k < AROUND; k++) {
      const [kx, ky, kz] = [cx + (k % 3) - 1, cy + (Math.floor(k / 3) % 3) - 1, cz + Math.floor(k / 9) - 1]
      const place = placeOf(cells, kx, ky, kz)
      const known = cells.values[place]
      if (known === -1 || fromMiddle(positions, i, kx, ky, kz, cell) < fromMiddle(positions, known, kx, ky, kz, cell)) {
        if (known === -1) filled++
        putCell(cells, place, kx, ky, kz, i)
      }
    }
  }
  return { points, cell, cells }
}

function fromMiddle(p: Float32Array, i: number, kx: number, ky: number, kz: number, cell: number): number {
  const dx = p[3 * i] - (kx + 0.5) * cell
  const dy = p[3 * i + 1] - (ky + 0.5) * cell
  const dz = p[3 * i + 2] - (kz + 0.5) * cell
  return dx * dx + dy * dy + dz * dz
}

/** Index of the point near (x, y, z), -1 where there is none. */
export function nearest({ cells, cell }: NearestTable, x: number, y: number, z: number): number {
  return cells.values[placeOf(cells, Math.floor(x / cell), Math.floor(y / cell), Math.floor(z / cell))]
}
