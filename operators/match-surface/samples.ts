import type { OrientedPoints } from '../../core/cloud'
import { findCamera } from './camera'
import { depthMap } from './depth-map'
import type { Evidence } from './judge'
import { type NearestTable, nearest, nearestTable } from './nearest'
import { voxelSample } from './voxels'

/** The scene at the two densities that the search needs. */
export interface SceneSamples extends Evidence {
  readonly coarse: OrientedPoints
}

const FINE = 0.4 // of the step: edge of the voxels for verification

/**
 * @param step the model's: sizes taken from the scene's own box would change with whatever else is in it
 * @param eye where the camera may have been
 */
export function sampleScene(cloud: OrientedPoints, step: number, eye: readonly [number, number, number]): SceneSamples {
  const fine = voxelSample(cloud, FINE * step)
  const camera = findCamera(cloud, eye)
  const spacing = FINE * Math.sqrt(fine.count / cloud.count) // between scene points, in steps
  const near = nearestTable(fine, FINE * step)
  return {
    coarse: voxelSample(fine, step),
    near,
    noise: noiseOf(cloud, near),
    map: camera ? depthMap(cloud, camera, Math.max(0.25, 1.5 * spacing) * step) : null,
  }
}

const NOISE_POINTS = 5000

function noiseOf({ count, positions }: OrientedPoints, near: NearestTable): number {
  const { positions: places, normals } = near.points
  const every = 3 * Math.ceil(count / NOISE_POINTS)
  let [squares, paired] = [0, 0]
  for (let i = 0; i < count * 3; i += every) {
    const j = nearest(near, positions[i], positions[i + 1], positions[i + 2]) * 3
    if (j < 0) continue
    const away =
      (positions[i] - places[j]) * normals[j] +
      (positions[i + 1] - places[j + 1]) * normals[j + 1] +
      (positions[i + 2] - places[j + 2]) * normals[j + 2]
    squares += away * away
    paired++
  }
  return Math.sqrt(squares / Math.max(1, paired))
}
