import { boundsOf, type PointCloud } from '../../core/cloud'
import { type CloudView, THREE_QUARTERS } from '../../core/draw-cloud'
import { ground } from './ground'

type Vector = readonly [number, number, number]

/**
 * A pose for clouds that are kept relative to their own origins.
 *
 * @param rows 4×4, rows first: carries the model file's coordinates into the scene file's
 * @returns 16 numbers, columns first, as WebGL wants them
 */
export function placement(rows: readonly (readonly number[])[], model: Vector, scene: Vector): number[] {
  const shift = (row: readonly number[], axis: number) =>
    row[3] - scene[axis] + row[0] * model[0] + row[1] * model[1] + row[2] * model[2]
  const placed = rows.map((row, axis) => (axis < 3 ? [row[0], row[1], row[2], shift(row, axis)] : row))
  return [0, 1, 2, 3].flatMap((column) => placed.map((row) => row[column]))
}

/**
 * Where to look from first: from the scanner, which sits at the origin of its files with y pointing down, and with the
 * ground level where there is one. A cloud all around the origin was not taken by one scanner.
 */
export function firstView(cloud: Pick<PointCloud, 'positions' | 'normals' | 'origin'>): CloudView {
  const { low, high } = boundsOf(cloud)
  const eye = cloud.origin.map((at) => -at)
  if (eye.every((at, axis) => at >= low[axis] && at <= high[axis])) return THREE_QUARTERS
  const [x, y, z] = eye.map((at, axis) => at - (low[axis] + high[axis]) / 2)
  const length = Math.hypot(x, y, z)
  return { towards: [x / length, y / length, z / length], up: ground(cloud.normals) ?? [0, -1, 0] }
}
