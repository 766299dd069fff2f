import type { OrientedPoints } from '../../core/cloud'
import { frameOf } from './features'

type Vector = readonly [number, number, number]

/** The one place a scene was seen from: a point, or so far away that all rays are parallel. */
export interface Camera {
  /** null when the rays are parallel. */
  readonly eye: Vector | null
  /** From the scene to the camera, unit length. */
  readonly towards: Vector
  readonly across: Vector
  readonly up: Vector
  /** Distance at which one unit of the picture is one unit of the scene; 1 when the rays are parallel. */
  readonly focal: number
}

const FACING = 0.98 // share of normals that must point at the camera; the rest is noise
const GRAZING = -0.05 // cosine down to which noise may tip a normal over
const ROUNDS = 60
const LEAST_MARGIN = 0.1
const DECISIVE = 0.01 // share of the normals that pull, when all lie within the margin
const MOST_NORMALS = 4000

/**
 * Where the camera was, if one camera took the scene: surfaces that face away cannot be seen, so every normal leans
 * towards it. Undefined for a scene merged from several sides.
 *
 * @param eye where the camera is if it is near: scanners write points relative to themselves, so the file's origin
 */
export function findCamera(scene: OrientedPoints, eye: Vector): Camera | undefined {
  const some = everyNth(scene, Math.ceil(scene.count / MOST_NORMALS))
  const [near, far] = [pointCamera(some, eye), parallelCamera(some)]
  // Seen from afar a near camera is as good as a far one, but the file's origin may face the scene by chance.
  return near && (!far || lack(some, near) < lack(some, far)) ? near : far
}

function pointCamera({ count, positions, normals }: OrientedPoints, eye: Vector): Camera | undefined {
  const mean: [number, number, number] = [0, 0, 0]
  let facing = 0
  for (let i = 0; i < count * 3; i += 3) {
    const [x, y, z] = [eye[0] - positions[i], eye[1] - positions[i + 1], eye[2] - positions[i + 2]]
    const lean = normals[i] * x + normals[i + 1] * y + normals[i + 2] * z
    if (lean > GRAZING * Math.sqrt(x * x + y * y + z * z)) facing++
    mean[0] += x / count
    mean[1] += y / count
    mean[2] += z / count
  }
  const distance = Math.hypot(...mean)
  if (facing < FACING * count || !allBefore(positions, eye, mean)) return undefined
  return framed(eye, unit(mean), distance)
}

/** Whether every point lies in front of the eye: one inside the scene has no picture plane. */
function allBefore(positions: Float32Array, eye: Vector, towards: Vector): boolean {
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [eye[0] - positions[i], eye[1] - positions[i + 1], eye[2] - positions[i + 2]]
    const along = x * towards[0] + y * towards[1] + z * towards[2]
    if (along < 0.25 * Math.hypot(x, y, z) * Math.hypot(...towards)) return false
  }
  return true
}

/** Turns the direction towards the normals that lean most away from it, until they lie evenly around it. */
function parallelCamera({ count, normals }: OrientedPoints): Camera | undefined {
  let towards = unit(sumOf(normals))
  const leans = new Float32Array(count)
  for (let round = 0; round < ROUNDS; round++) {
    lean(normals, towards, leans)
    const margin = Math.max(LEAST_MARGIN, quantile(leans, DECISIVE))
    const pull: [number, number, number] = [0, 0, 0]
    let pulls = 0
    for (let i = 0; i < count; i++) {
      const lack = margin - leans[i]
      if (lack <= 0) continue
      pulls++
      for (let axis = 0; axis < 3; axis++) pull[axis] += lack * normals[3 * i + axis]
    }
    if (pulls === 0) break
    const gain = 1.5 / pulls
    towards = unit([towards[0] + gain * pull[0], towards[1] + gain * pull[1], towards[2] + gain * pull[2]])
  }
  lean(normals, towards, leans)
  const facing = leans.reduce((sum, cosine) => sum + (cosine > GRAZING ? 1 : 0), 0)
  return facing < FACING * count ? undefined : framed(null, towards, 1)
}

/** How much the normals that lean least towards the camera lack, on average: least for the true one. */
function lack({ count, positions, normals }: OrientedPoints, { eye, towards }: Camera): number {
  let sum = 0
  for (let i = 0; i < count * 3; i += 3) {
    const [x, y, z] = eye ? [eye[0] - positions[i], eye[1] - positions[i + 1], eye[2] - positions[i + 2]] : towards
    const cosine = (normals[i] * x + normals[i + 1] * y + normals[i + 2] * z) / Math.hypot(x, y, z)
    sum += Math.max(0, LEAST_MARGIN - cosine)
  }
  return sum / count
}

function framed(eye: Vector | null, towards: Vector, focal: number): Camera {
  const frame = new Float64Array(6)
  frameOf(...towards, frame)
  return { eye, towards, across: [frame[0], frame[1], frame[2]], up: [frame[3], frame[4], frame[5]], focal }
}

function lean(normals: Float32Array, towards: Vector, out: Float32Array) {
  for (let i = 0; i < out.length; i++) {
    out[i] = normals[3 * i] * towards[0] + normals[3 * i + 1] * towards[1] + normals[3 * i + 2] * towards[2]
  }
}

/** To a hundredth, from below. */
function quantile(cosines: Float32Array, share: number): number {
  const bins = new Uint32Array(202)
  for (const cosine of cosines) bins[Math.max(0, Math.floor((cosine + 1) * 100))]++
  let [bin, below] = [0, bins[0]]
  while (below < share * cosines.length) below += bins[++bin]
  return bin / 100 - 1
}

function everyNth({ count, positions, normals }: OrientedPoints, nth: number): OrientedPoints {
  if (nth <= 1) return { count, positions, normals }
  const kept = Math.floor(count / nth)
  const of = (values: Float32Array) =>
    Float32Array.from({ length: kept * 3 }, (_, k) => values[Math.floor(k / 3) * nth * 3 + (k % 3)])
  return { count: kept, positions: of(positions), normals: of(normals) }
}

function sumOf(vectors: Float32Array): Vector {
  const sum: [number, number, number] = [0, 0, 0]
  for (let i = 0; i < vectors.length; i++) sum[i % 3] += vectors[i]
  return sum
}

function unit([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}

/** Writes picture x, picture y and nearness of a point: larger is nearer to the camera. */
export function project(
  { eye, towards, across, up, focal }: Camera,
  x: number,
  y: number,
  z: number,
  out: Float64Array,
) {
  if (!eye) {
    out[0] = x * across[0] + y * across[1] + z * across[2]
    out[1] = x * up[0] + y * up[1] + z * up[2]
    out[2] = x * towards[0] + y * towards[1] + z * towards[2]
    return
  }
  const [dx, dy, dz] = [x - eye[0], y - eye[1], z - eye[2]]
  out[2] = dx * towards[0] + dy * towards[1] + dz * towards[2]
  const scale = focal / Math.max(-out[2], focal * 1e-3)
  out[0] = (dx * across[0] + dy * across[1] + dz * across[2]) * scale
  out[1] = (dx * up[0] + dy * up[1] + dz * up[2]) * scale
}
