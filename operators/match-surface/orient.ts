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

/** Scanners put themselves at the origin of their files; this is that place in the cloud's own coordinates. */
export const eyeOf = ({ origin }: PointCloud): [number, number, number] => [-origin[0], -origin[1], -origin[2]]

/** Whether the file's origin lies within the box around the points, where no scanner can have been. */
function holdsOrigin(cloud: PointCloud): boolean {
  const { low, high } = boundsOf(cloud)
  return eyeOf(cloud).every((at, axis) => at >= low[axis] && at <= high[axis])
}
