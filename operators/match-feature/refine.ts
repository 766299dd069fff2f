import type { Refine } from '../../core/operator'
import type { PointPair } from './homography/homography'
import { findHomography } from './homography/ransac'
import type { Nearest } from './matching/nearest'
import { ratioTest } from './matching/ratio-test'
import type { Detector, Matcher, matchFeature } from './spec'

/** Enough of one run to answer for every ratio and every number of matches. */
export interface Kept {
  readonly detector: Detector
  readonly matcher: Matcher
  /** x and y of every key point, in pixels. */
  readonly queryPoints: Float32Array<ArrayBuffer>
  readonly trainPoints: Float32Array<ArrayBuffer>
  readonly nearest: Nearest
}

/** @param kept what `run` has kept */
export const refine: Refine<typeof matchFeature> = (kept, { ratio_threshold, max_matches }) => {
  const { detector, matcher, queryPoints, trainPoints, nearest } = kept as Kept
  const good = ratioTest(nearest, ratio_threshold, max_matches)
  const pairs: PointPair[] = good.map(({ query, train }) => ({
    from: { x: queryPoints[2 * query], y: queryPoints[2 * query + 1] },
    to: { x: trainPoints[2 * train], y: trainPoints[2 * train + 1] },
  }))
  const consensus = findHomography(pairs)
  const isInlier = (i: number) => consensus?.inliers[i] ?? false
  return {
    query_keypoints: queryPoints.length / 2,
    train_keypoints: trainPoints.length / 2,
    good_matches: good.length,
    detector,
    matcher,
    inliers: pairs.filter((_, i) => isInlier(i)).length,
    homography: consensus ? (consensus.homography.map((row) => [...row]) as [Row, Row, Row]) : null,
    reprojection_error: consensus ? round(consensus.error) : null,
    matches: pairs.map(({ from, to }, i) => ({
      query_x: round(from.x),
      query_y: round(from.y),
      train_x: round(to.x),
      train_y: round(to.y),
      distance: round(good[i].distance),
      inlier: isInlier(i),
    })),
  }
}

type Row = [number, number, number]

/** A hundredth of a pixel is finer than any detector. */
const round = (value: number) => Math.round(value * 100) / 100
