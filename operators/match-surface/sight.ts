import type { OrientedPoints } from '../../core/cloud'
import { project } from './camera'
import { type DepthMap, nearnessAt } from './depth-map'
import { type NearestTable, nearest } from './nearest'
import type { Rigid } from './rigid'

/** What the camera should have seen of the model at a pose, and what it did see: shares of the points that face it. */
export interface Sight {
  /** Lies on the scene's surface, sloped the same. */
  readonly seen: number
  /** Something nearer hides it: says nothing for or against the pose. */
  readonly hidden: number
  /** The camera saw something else there: further away, of another slope, or nothing at all. */
  readonly contradicted: number
  /** Share of the model's points that face the camera and that the model itself does not hide. */
  readonly facing: number
  /** 0..1: how much the seen normals differ; a flat patch fits on any plane. */
  readonly relief: number
}

/** Lengths in scene units. */
export interface SightLimits {
  /** Distance from the scene's plane at which a point is no longer seen. */
  readonly tolerance: number
  /** Difference in depth from which one thing is in front of another. */
  readonly margin: number
  /** Edge of a pixel of the model's own picture; at least the distance between its points. */
  readonly spacing: number
}

const LEAST_LEAN = 0.15 // cosine to the camera: surfaces seen edge-on are hardly measured
const LEAST_LIKE = 0.7 // cosine between normals, about 45°

/** A model to be judged at many poses, one after the other, with room for its picture. */
export interface Probe {
  readonly points: OrientedPoints
  /** Distance between the points, in units of the sampling step. */
  readonly spacing: number
  readonly sheet: Sheet
}

interface Sheet {
  readonly moved: Float32Array
  readonly seen: Float32Array
  readonly pixelOf: Uint32Array
  /** Grows with the largest picture. */
  nearness: Float32Array
}

export function probe(points: OrientedPoints, spacing: number): Probe {
  const { count } = points
  const [moved, seen] = [new Float32Array(count * 3), new Float32Array(count * 3)]
  return { points, spacing, sheet: { moved, seen, pixelOf: new Uint32Array(count), nearness: new Float32Array(0) } }
}

/** @see Hinterstoisser et al., "Going further with point pair features", ECCV 2016, for rendering to verify */
export function sight(
  { points: model, sheet }: Probe,
  pose: Rigid,
  map: DepthMap,
  near: NearestTable,
  { tolerance, margin, spacing }: SightLimits,
): Sight {
  const { count, normals } = model
  const { camera } = map
  const { points } = near
  const picture = pictureOf(model.positions, pose, map, spacing, sheet)
  const mean = [0, 0, 0]
  let [facing, seen, hidden] = [0, 0, 0]
  for (let i = 0; i < count * 3; i += 3) {
    const nx = pose[0] * normals[i] + pose[1] * normals[i + 1] + pose[2] * normals[i + 2]
    const ny = pose[4] * normals[i] + pose[5] * normals[i + 1] + pose[6] * normals[i + 2]
    const nz = pose[8] * normals[i] + pose[9] * normals[i + 1] + pose[10] * normals[i + 2]
    const [x, y, z] = [picture.moved[i], picture.moved[i + 1], picture.moved[i + 2]]
    if (leanOf(camera, x, y, z, nx, ny, nz) < LEAST_LEAN) continue
    const nearness = picture.seen[i + 2]
    if (picture.nearness[picture.pixelOf[i / 3]] > nearness + 2 * spacing) continue // hidden by the model itself
    facing++
    const j = nearest(near, x, y, z) * 3
    if (j >= 0) {
      const [sx, sy, sz] = [points.normals[j], points.normals[j + 1], points.normals[j + 2]]
      const like = nx * sx + ny * sy + nz * sz
      const away =
        (x - points.positions[j]) * sx + (y - points.positions[j + 1]) * sy + (z - points.positions[j + 2]) * sz
      if (like > LEAST_LIKE && Math.abs(away) < tolerance) {
        const weight = (1 - (away / tolerance) ** 2) * ((like - LEAST_LIKE) / (1 - LEAST_LIKE))
        seen += weight
        mean[0] += weight * sx
        mean[1] += weight * sy
        mean[2] += weight * sz
        continue
      }
    }
    if (nearnessAt(map, picture.seen[i], picture.seen[i + 1]) > nearness + margin) hidden++
  }
  if (facing === 0) return { seen: 0, hidden: 0, contradicted: 1, facing: 0, relief: 0 }
  const relief = seen > 0 ? 1 - Math.hypot(mean[0], mean[1], mean[2]) / seen : 0
  const contradicted = (facing - seen - hidden) / facing
  return { seen: seen / facing, hidden: hidden / facing, contradicted, facing: facing / count, relief }
}

function leanOf(
  { eye, towards }: DepthMap['camera'],
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
) {
  if (!eye) return nx * towards[0] + ny * towards[1] + nz * towards[2]
  const [dx, dy, dz] = [eye[0] - x, eye[1] - y, eye[2] - z]
  return (nx * dx + ny * dy + nz * dz) / Math.sqrt(dx * dx + dy * dy + dz * dz)
}

/** The model's own picture at a pose, to know what it hides of itself. */
function pictureOf(positions: Float32Array, pose: Rigid, { camera }: DepthMap, spacing: number, sheet: Sheet) {
  const count = positions.length / 3
  const { moved, seen, pixelOf } = sheet
  const at = new Float64Array(3)
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < count * 3; i += 3) {
    const [px, py, pz] = [positions[i], positions[i + 1], positions[i + 2]]
    moved[i] = pose[0] * px + pose[1] * py + pose[2] * pz + pose[3]
    moved[i + 1] = pose[4] * px + pose[5] * py + pose[6] * pz + pose[7]
    moved[i + 2] = pose[8] * px + pose[9] * py + pose[10] * pz + pose[11]
    project(camera, moved[i], moved[i + 1], moved[i + 2], at)
    seen[i] = at[0]
    seen[i + 1] = at[1]
    seen[i + 2] = at[2]
    left = Math.min(left, seen[i])
    right = Math.max(right, seen[i])
    bottom = Math.min(bottom, seen[i + 1])
    top = Math.max(top, seen[i + 1])
  }
  const width = Math.floor((right - left) / spacing) + 1
  const pixels = width * (Math.floor((top - bottom) / spacing) + 1)
  if (sheet.nearness.length < pixels) sheet.nearness = new Float32Array(pixels)
  const nearness = sheet.nearness.fill(-Infinity, 0, pixels)
  for (let i = 0; i < count; i++) {
    const [u, v] = [seen[3 * i], seen[3 * i + 1]]
    pixelOf[i] = Math.floor((v - bottom) / spacing) * width + Math.floor((u - left) / spacing)
    nearness[pixelOf[i]] = Math.max(nearness[pixelOf[i]], seen[3 * i + 2])
  }
  return { moved, seen, nearness, pixelOf }
}
