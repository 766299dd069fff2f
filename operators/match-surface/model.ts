import { boundsOf, type OrientedPoints } from '../../core/cloud'
import { featureBins } from './features'
import { type PairTable, pairTable } from './pair-table'
import { voxelSample } from './voxels'

const MOST_POINTS = 3000 // 9 million pairs, 36 MB of entries: finer sampling costs much and finds no more

/** The object sought, made ready for voting. */
export interface TrainedModel {
  readonly points: OrientedPoints
  readonly table: PairTable
  /** Edge of a sampling voxel, in model units. */
  readonly step: number
  /** Diagonal of the bounding box. */
  readonly diameter: number
  readonly centre: readonly [number, number, number]
}

export interface Training {
  /** Both relative to the model's diameter. */
  readonly relative_sampling_step: number
  readonly relative_distance_step: number
  readonly num_angles: number
}

export function train(cloud: OrientedPoints, params: Training): TrainedModel {
  const { low, high, diagonal } = boundsOf(cloud)
  let step = params.relative_sampling_step * diagonal
  let points = voxelSample(cloud, step)
  while (points.count > MOST_POINTS) {
    step *= 1.05 * Math.sqrt(points.count / MOST_POINTS) // a surface has points by the square of the step
    points = voxelSample(cloud, step)
  }
  return {
    points,
    table: pairTable(points, featureBins(diagonal, params.relative_distance_step, params.num_angles)),
    step,
    diameter: diagonal,
    centre: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
  }
}
