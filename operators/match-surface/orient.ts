import { boundsOf, type OrientedPoints, type PointCloud } from '../../core/cloud'
import { fieldError } from '../../core/errors'
import { ENOUGH, neighbourhood, withNormals } from './normals'

// Of the model's diameter: the scene's size says nothing about the object's details.
const NEIGHBOURHOOD = 0.03
const WIDEST = 0.15

/**
 * Both clouds with normals: their own where they have them. What is estimated is smoothed alike in both.
 *
 * @throws ToolError invalid-input when points without normals lie too far apart to estimate them
 */
export function orient(model: PointCloud, scene: PointCloud): { model: OrientedPoints; scene: OrientedPoints } {
  const { diagonal } = boundsOf(model)
  const own = { model: oriented(model), scene: oriented(scene) }
  const radius = Math.max(
    own.model ? 0 : radiusFor('model_file', 'Model', model, diagonal),
    own.scene ? 0 : radiusFor('scene_file', 'Scene', scene, diagonal),
  )
  return {
    model: own.model ?? withNormals(model.positions, radius, null),
    scene: own.scene ?? withNormals(scene.positions, radius, holdsOrigin(scene) ? null : eyeOf(scene)),
  }
}

function radiusFor(field: string, title: string, { positions }: PointCloud, diagonal: number): number {
  const radius = neighbourhood(positions, NEIGHBOURHOOD * diagonal, WIDEST * diagonal)
  if (radius) return radius
  const reach = `${WIDEST * 100} % of the model's size`
  const message = `${title}: its points lie too far apart to estimate normals; most find fewer than ${ENOUGH - 1} others within ${reach}. Give a denser file, or one with normals`
  throw fieldError('invalid-input', field, message)
}

/** Undefined when a normal is missing. */
function oriented({ count, positions, normals, firstZeroNormal }: PointCloud): OrientedPoints | undefined {
  return normals && firstZeroNormal === null ? { count, positions, normals } : undefined
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
