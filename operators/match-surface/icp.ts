import type { OrientedPoints } from '../../core/cloud'
import { addPair, equations, stepped } from './align'
import type { TrainedModel } from './model'
import { bucketsAround, type PointGrid, pointGrid } from './point-grid'
import { move, type Rigid } from './rigid'
import { voxelSample } from './voxels'

const MODEL_POINTS = 2500
const CROP = 0.55 // of the diameter, around the model's centre
const NORMAL_GATE = Math.SQRT1_2 // 45°
const RADII = [0.5, 0.25] // of the sampling step

export interface IcpParams {
  /** Relative change of the residual below which it has converged. */
  readonly icp_tolerance: number
  readonly icp_iterations: number
}

export interface Aligned {
  readonly pose: Rigid
  /** Root mean square distance of the paired model points from the scene's surface, in model units. */
  readonly residual: number
  /** `residual` before each iteration. */
  readonly curve: readonly number[]
}

/** Alignment with every scene point near the object, in two rounds of falling reach. */
export function icp(start: Rigid, model: IcpModel, scene: OrientedPoints, step: number, params: IcpParams): Aligned {
  const { points, centre, diameter } = model
  const around = crop(scene, move(start, ...centre), CROP * diameter)
  const curve: number[] = []
  let pose = start
  for (const [round, relative] of RADII.entries()) {
    const radius = relative * step
    const grid = pointGrid(around.positions, radius)
    const share = Math.ceil((params.icp_iterations * (round + 1)) / RADII.length)
    for (let last = Infinity; curve.length < share; ) {
      const { residual, into } = pairUp(points, pose, centre, around, grid, radius)
      if (residual === null) break
      curve.push(residual)
      const next = stepped(pose, into, centre)
      if (!next || Math.abs(last - residual) < params.icp_tolerance * residual) break
      pose = next
      last = residual
    }
  }
  return { pose, residual: residualAt(pose, model, scene, step), curve }
}

/** Root mean square distance at `pose`, 0 when nothing is near. */
export function residualAt(pose: Rigid, { points, centre, diameter }: IcpModel, scene: OrientedPoints, step: number) {
  const around = crop(scene, move(pose, ...centre), CROP * diameter)
  const radius = RADII[RADII.length - 1] * step
  return pairUp(points, pose, centre, around, pointGrid(around.positions, radius), radius).residual ?? 0
}

export type IcpModel = Pick<TrainedModel, 'points' | 'centre' | 'diameter'>

/** The model at about 2,500 points, denser than for voting. */
export function icpModel(cloud: OrientedPoints, { step, centre, diameter }: TrainedModel): IcpModel {
  const dense = voxelSample(cloud, 0.4 * step)
  const every = Math.max(1, Math.ceil(dense.count / MODEL_POINTS))
  const kept = Array.from({ length: Math.floor(dense.count / every) }, (_, k) => k * every)
  return { points: pick(dense, kept), centre, diameter }
}

function pick({ positions, normals }: OrientedPoints, kept: readonly number[]): OrientedPoints {
  const of = (values: Float32Array) =>
    Float32Array.from({ length: kept.length * 3 }, (_, k) => values[kept[Math.floor(k / 3)] * 3 + (k % 3)])
  return { count: kept.length, positions: of(positions), normals: of(normals) }
}

function crop(cloud: OrientedPoints, [x, y, z]: readonly [number, number, number], radius: number): OrientedPoints {
  const kept: number[] = []
  for (let i = 0; i < cloud.count; i++) {
    const dx = cloud.positions[3 * i] - x
    const dy = cloud.positions[3 * i + 1] - y
    const dz = cloud.positions[3 * i + 2] - z
    if (dx * dx + dy * dy + dz * dz < radius * radius) kept.push(i)
  }
  return pick(cloud, kept)
}

/** Pairs each model point with the nearest scene point that faces the same way. */
function pairUp(
  { count, positions, normals }: OrientedPoints,
  pose: Rigid,
  centre: readonly [number, number, number],
  scene: OrientedPoints,
  grid: PointGrid,
  radius: number,
) {
  const into = equations()
  const [ax, ay, az] = move(pose, ...centre)
  const buckets = new Uint32Array(27)
  let [squares, weights] = [0, 0]
  for (let i = 0; i < count * 3; i += 3) {
    const [x, y, z] = move(pose, positions[i], positions[i + 1], positions[i + 2])
    const [mx, my, mz] = [normals[i], normals[i + 1], normals[i + 2]]
    const tx = pose[0] * mx + pose[1] * my + pose[2] * mz
    const ty = pose[4] * mx + pose[5] * my + pose[6] * mz
    const tz = pose[8] * mx + pose[9] * my + pose[10] * mz
    const found = bucketsAround(grid, x, y, z, buckets)
    let [best, near] = [radius * radius, -1]
    for (let b = 0; b < found; b++) {
      for (let k = grid.starts[buckets[b]]; k < grid.starts[buckets[b] + 1]; k++) {
        const j = grid.items[k] * 3
        const dx = scene.positions[j] - x
        const dy = scene.positions[j + 1] - y
        const dz = scene.positions[j + 2] - z
        const square = dx * dx + dy * dy + dz * dz
        if (square >= best) continue
        best = square
        near = j
      }
    }
    if (near === -1) continue
    const [nx, ny, nz] = [scene.normals[near], scene.normals[near + 1], scene.normals[near + 2]]
    if (nx * tx + ny * ty + nz * tz < NORMAL_GATE) continue
    const away =
      (x - scene.positions[near]) * nx + (y - scene.positions[near + 1]) * ny + (z - scene.positions[near + 2]) * nz
    const weight = (1 - best / (radius * radius)) ** 2
    addPair(into, x - ax, y - ay, z - az, nx, ny, nz, away, weight)
    squares += weight * away * away
    weights += weight
  }
  return { into, residual: weights > 0 ? Math.sqrt(squares / weights) : null }
}
