import { boundsOf, type OrientedPoints, type PointCloud } from '../../core/cloud'
import { ToolError } from '../../core/errors'
import { withNormals } from './normals'

const NEIGHBOURHOOD = 0.03 // of the model's diameter

/** Both clouds with normals: their own where they have them. */
export function orient(model: PointCloud, scene: PointCloud): { model: OrientedPoints; scene: OrientedPoints } {
  const radius = NEIGHBOURHOOD * boundsOf(model).diagonal // the scene's size says nothing about the object's details
  return {
    model: oriented(model) ?? estimated('model', model, radius, false),
    scene: oriented(scene) ?? estimated('scene', scene, radius, true),
  }
}

/** Undefined when a normal is missing. */
function oriented({ count, positions, normals, firstZeroNormal }: PointCloud): OrientedPoints | undefined {
  return normals && firstZeroNormal === null ? { count, positions, normals } : undefined
}

function estimated(what: string, cloud: PointCloud, radius: number, scanned: boolean): OrientedPoints {
  const eye = scanned && !holdsOrigin(cloud) ? eyeOf(cloud) : null
  const points = withNormals(cloud.positions, radius, eye)
  if (points.count > 0) return points
  throw new ToolError('invalid-input', `The ${what} is too sparse to estimate normals: its points have no neighbours`)
}

/** The same points, facing the other way. */
export const reversed = ({ count, positions, normals }: OrientedPoints): OrientedPoints => ({
  count,
  positions,
  normals: normals.map((part) => -part),
})

const MOSTLY = 0.3 // of what a ball has: folds and hollows of a sound surface take some away
const NEARLY_ALL = 0.98

/** Whether the normals look inwards, as some programs export them. A scan of a hollow looks the same, so this is a hint. */
export function looksInwards({ count, positions, normals }: OrientedPoints): boolean {
  const { low, high } = boundsOf({ positions })
  let [outwards, distances] = [0, 0]
  for (let i = 0; i < count * 3; i += 3) {
    const [x, y, z] = [0, 1, 2].map((axis) => positions[i + axis] - (low[axis] + high[axis]) / 2)
    outwards += x * normals[i] + y * normals[i + 1] + z * normals[i + 2]
    distances += Math.hypot(x, y, z)
  }
  return outwards < -MOSTLY * distances
}

/** Whether nearly all normals look away from the scanner, which cannot have seen such surfaces. */
export function looksAway(
  { count, positions, normals }: OrientedPoints,
  eye: readonly [number, number, number],
): boolean {
  let away = 0
  for (let i = 0; i < count * 3; i += 3) {
    const [x, y, z] = [positions[i] - eye[0], positions[i + 1] - eye[1], positions[i + 2] - eye[2]]
    if (x * normals[i] + y * normals[i + 1] + z * normals[i + 2] > 0) away++
  }
  return away > NEARLY_ALL * count
}

/** Scanners put themselves at the origin of their files; this is that place in the cloud's own coordinates. */
export const eyeOf = ({ origin }: PointCloud): [number, number, number] => [-origin[0], -origin[1], -origin[2]]

/** Whether the file's origin lies within the box around the points, where no scanner can have been. */
function holdsOrigin(cloud: PointCloud): boolean {
  const { low, high } = boundsOf(cloud)
  return eyeOf(cloud).every((at, axis) => at >= low[axis] && at <= high[axis])
}
