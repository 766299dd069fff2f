import type { OrientedPoints } from '../../core/cloud'
import { addPair, type Equations, equations, stepped } from './align'
import { type NearestTable, nearest } from './nearest'
import { move, type Rigid } from './rigid'

type Vector = readonly [number, number, number]

const NORMAL_GATE = Math.SQRT1_2 // 45°

/**
 * Share of the model's points that lie on the scene's surface, facing the same way.
 *
 * @param tolerance distance from the scene's plane at which a point counts nothing
 * @param equations also filled for one step of alignment when given
 */
export function score(
  model: OrientedPoints,
  scene: NearestTable,
  pose: Rigid,
  tolerance: number,
  align?: { readonly into: Equations; readonly radius: number; readonly about: Vector },
): number {
  const { count, positions, normals } = model
  const { points } = scene
  let sum = 0
  for (let i = 0; i < count * 3; i += 3) {
    const [px, py, pz] = [positions[i], positions[i + 1], positions[i + 2]]
    const x = pose[0] * px + pose[1] * py + pose[2] * pz + pose[3]
    const y = pose[4] * px + pose[5] * py + pose[6] * pz + pose[7]
    const z = pose[8] * px + pose[9] * py + pose[10] * pz + pose[11]
    const near = nearest(scene, x, y, z) * 3
    if (near < 0) continue
    const [mx, my, mz] = [normals[i], normals[i + 1], normals[i + 2]]
    const [nx, ny, nz] = [points.normals[near], points.normals[near + 1], points.normals[near + 2]]
    const facing =
      nx * (pose[0] * mx + pose[1] * my + pose[2] * mz) +
      ny * (pose[4] * mx + pose[5] * my + pose[6] * mz) +
      nz * (pose[8] * mx + pose[9] * my + pose[10] * mz)
    if (facing <= 0) continue
    const away =
      (x - points.positions[near]) * nx + (y - points.positions[near + 1]) * ny + (z - points.positions[near + 2]) * nz
    const part = (away / tolerance) ** 2
    if (part < 1) sum += (1 - part) * facing
    if (align && facing > NORMAL_GATE && Math.abs(away) < align.radius) {
      const weight = (1 - (away / align.radius) ** 2) ** 2
      addPair(align.into, x - align.about[0], y - align.about[1], z - align.about[2], nx, ny, nz, away, weight)
    }
  }
  return sum / count
}

/** A few steps of alignment against the samples, enough to tell poses apart. */
export function settle(
  pose: Rigid,
  model: OrientedPoints,
  centre: Vector,
  scene: NearestTable,
  step: number,
  rounds: number,
): Rigid {
  let best = pose
  for (let round = 0; round < rounds; round++) {
    const into = equations()
    const radius = step * (round * 2 < rounds ? 0.6 : 0.4)
    score(model, scene, best, radius, { into, radius, about: move(best, ...centre) })
    best = stepped(best, into, centre) ?? best
  }
  return best
}
