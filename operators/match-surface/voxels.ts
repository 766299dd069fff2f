import type { OrientedPoints } from '../../core/cloud'
import { cellTable, placeOf, putCell } from './cells'

const ALIKE = Math.cos(Math.PI / 6) // points of one voxel are averaged only while their normals agree within 30°

/**
 * One point per voxel and direction: where two sheets of a surface share a voxel, each keeps its own point.
 *
 * @param step edge of a voxel, in the units of the points
 * @returns averages, in the order in which their first points come
 */
export function voxelSample({ count, positions, normals }: OrientedPoints, step: number): OrientedPoints {
  const cells = cellTable(count)
  const sums = new Float64Array(count * 6)
  const sizes = new Uint32Array(count)
  const nextInCell = new Int32Array(count).fill(-1)
  let groups = 0
  for (let i = 0; i < count; i++) {
    const [x, y, z] = [positions[3 * i], positions[3 * i + 1], positions[3 * i + 2]]
    const [nx, ny, nz] = [normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]]
    const [cx, cy, cz] = [Math.floor(x / step), Math.floor(y / step), Math.floor(z / step)]
    const place = placeOf(cells, cx, cy, cz)
    let group = cells.values[place]
    while (group !== -1 && !agrees(sums, group * 6 + 3, nx, ny, nz)) group = nextInCell[group]
    if (group === -1) {
      group = groups++
      nextInCell[group] = cells.values[place]
      putCell(cells, place, cx, cy, cz, group)
    }
    const o = group * 6
    sums[o] += x
    sums[o + 1] += y
    sums[o + 2] += z
    sums[o + 3] += nx
    sums[o + 4] += ny
    sums[o + 5] += nz
    sizes[group]++
  }
  return averages(sums, sizes, groups)
}

function agrees(sums: Float64Array, at: number, nx: number, ny: number, nz: number): boolean {
  const [x, y, z] = [sums[at], sums[at + 1], sums[at + 2]]
  const dot = x * nx + y * ny + z * nz
  return dot > 0 && dot * dot > ALIKE * ALIKE * (x * x + y * y + z * z)
}

function averages(sums: Float64Array, sizes: Uint32Array, count: number): OrientedPoints {
  const positions = new Float32Array(count * 3)
  const normals = new Float32Array(count * 3)
  for (let g = 0; g < count; g++) {
    const o = g * 6
    const length = Math.sqrt(sums[o + 3] ** 2 + sums[o + 4] ** 2 + sums[o + 5] ** 2)
    for (let axis = 0; axis < 3; axis++) {
      positions[3 * g + axis] = sums[o + axis] / sizes[g]
      normals[3 * g + axis] = sums[o + 3 + axis] / length
    }
  }
  return { count, positions, normals }
}
