import type { RunContext } from '../../core/operator'
import { type Checkpoint, portion } from '../../core/progress'
import type { Raster } from '../../core/raster'
import type { Features } from '../match-feature/features'
import {
  applyHomography,
  determinant,
  type Homography,
  invert,
  multiply,
  type Point,
  unit,
} from '../match-feature/homography/homography'
import { type Kernel, withKernel } from '../match-feature/kernel'
import { nearestTwo } from '../match-feature/matching/match'
import { type Kept, refine } from '../match-feature/refine'
import { sift } from '../match-feature/sift/sift'
import type { FeatureMatch } from '../match-feature/spec'
import { amplify } from './amplify'

/** How one picture lies on another. */
export interface Alignment {
  /** Carries pixels of the picture, mirrored first where `mirrored` says so, to pixels of the other one. */
  readonly homography: Homography
  readonly mirrored: boolean
  /** Pairs of details, in pixels of the picture as it is and of the other one. */
  readonly matches: readonly FeatureMatch[]
  readonly inliers: number
  /** Details found in the picture. */
  readonly details: number
}

const LONGEST_SIDE = 640 // details that survive posting a picture again are seen at this size
const MOST_DETAILS = 1500
const SURE = { inliers: 40, share: 0.25 } // of the details; a symmetric picture agrees with its mirror image on fewer
const SETTINGS = { detector: 'SIFT', matcher: 'BFMatcher', ratio_threshold: 0.8, max_matches: 1500 } as const

const FEW_DETAILS = 100 // in the poorer picture: there, those of low contrast are looked for as well

/**
 * Lays `image` on `other` by SIFT and RANSAC, as it is or mirrored, whichever more details agree on.
 *
 * @returns nothing when no eight details agree, or on something that nobody does to a flat picture
 */
export async function align(image: Raster, other: Raster, ctx: RunContext): Promise<Alignment | undefined> {
  const box = { width: LONGEST_SIDE, height: LONGEST_SIDE }
  const [small, target] = [await ctx.codec.shrink(image, box), await ctx.codec.shrink(other, box)]
  const best = await withKernel((kernel) => layWell(kernel, small, target, ctx.checkpoint))
  if (!best) return undefined
  const forth = scaling(small.width / image.width)
  const back = scaling(other.width / target.width)
  const toPicture = best.mirrored ? multiply(mirroring(image.width), scaling(image.width / small.width)) : invert(forth)
  return {
    ...best,
    homography: unit(multiply(back, multiply(best.homography, forth))),
    matches: best.matches.map((match) => atFullSize(match, toPicture as Homography, back)),
  }
}

async function layWell(kernel: Kernel, small: Raster, target: Raster, checkpoint: Checkpoint) {
  const plain = await layEitherWay(kernel, small, target, portion(checkpoint, 0, 0.5))
  if (plain.fewest >= FEW_DETAILS || (plain.best && isSure(plain.best))) return plain.best
  const amplified = await layEitherWay(kernel, amplify(small), amplify(target), portion(checkpoint, 0.5, 1))
  return likelier(plain.best, amplified.best)
}

/** The one that more details agree on; of two alike, the first. */
const likelier = <T extends Pick<Alignment, 'inliers'>>(one: T | undefined, other: T | undefined): T | undefined =>
  other && other.inliers > (one?.inliers ?? 0) ? other : one

async function layEitherWay(kernel: Kernel, small: Raster, target: Raster, checkpoint: Checkpoint) {
  const onto = await find(kernel, target, portion(checkpoint, 0, 0.3))
  const straight = await lay(kernel, small, onto, false, portion(checkpoint, 0.3, 0.6))
  const fewest = Math.min(straight.details, onto.keyPoints.length)
  if (straight.lies && isSure(straight.lies)) return { best: straight.lies, fewest }
  const mirrored = await lay(kernel, mirror(small), onto, true, portion(checkpoint, 0.6, 0.9))
  return { best: likelier(straight.lies, mirrored.lies), fewest }
}

const isSure = ({ inliers, details }: Pick<Alignment, 'inliers' | 'details'>): boolean =>
  inliers >= SURE.inliers && inliers >= SURE.share * details

const find = (kernel: Kernel, raster: Raster, checkpoint: Checkpoint) => sift(kernel, raster, MOST_DETAILS, checkpoint)

async function lay(kernel: Kernel, small: Raster, onto: Features, mirrored: boolean, checkpoint: Checkpoint) {
  const features = await find(kernel, small, portion(checkpoint, 0, 0.8))
  const details = features.keyPoints.length
  const nearest = await nearestTwo(kernel, features, onto, SETTINGS.matcher, portion(checkpoint, 0.8, 1))
  const kept: Kept = { ...SETTINGS, queryPoints: points(features), trainPoints: points(onto), nearest }
  const { homography, matches, inliers } = refine(kept, SETTINGS)
  const isLaid = homography && isPlausible(homography as Homography, small)
  return {
    details,
    lies: isLaid ? { homography: homography as Homography, matches, inliers, details, mirrored } : undefined,
  }
}

const points = ({ keyPoints }: Features): Float32Array<ArrayBuffer> =>
  Float32Array.from(keyPoints.flatMap(({ x, y }) => [x, y]))

const MOST_SCALE = 12 // either way
const LEAST_CORNER = 0.4 // of a corner's parallelogram, as a share of the whole; 1 without any tilt

/** Posting again turns, scales, stretches and tilts a little; it neither folds a picture nor draws it into a line. */
function isPlausible(homography: Homography, small: Raster): boolean {
  const outline = outlineOf(small).map((corner) => applyHomography(homography, corner))
  const turns = outline.map((corner, i) => bend(corner, outline[(i + 1) % 4], outline[(i + 2) % 4]))
  const area = turns[0] / 2 + turns[2] / 2
  const scale = Math.sqrt(area / (small.width * small.height))
  const isFlat = turns.every((turn) => turn > LEAST_CORNER * area)
  return determinant(homography) > 0 && isFlat && scale < MOST_SCALE && scale > 1 / MOST_SCALE
}

const bend = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)

/** The corners, clockwise from the top left, on the outer edges of the pixels. */
export const outlineOf = ({ width, height }: { width: number; height: number }): Point[] => [
  { x: -0.5, y: -0.5 },
  { x: width - 0.5, y: -0.5 },
  { x: width - 0.5, y: height - 0.5 },
  { x: -0.5, y: height - 0.5 },
]

/** Of a whole picture: edges stay edges, though the centre of the first pixel is 0, 0. */
export const scaling = (by: number): Homography => [
  [by, 0, (by - 1) / 2],
  [0, by, (by - 1) / 2],
  [0, 0, 1],
]

const mirroring = (width: number): Homography => [
  [-1, 0, width - 1],
  [0, 1, 0],
  [0, 0, 1],
]

export function mirror({ width, height, data }: Raster): Raster {
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height)
  const to = new Uint32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * width; x < width; x++) to[at + x] = from[at + width - 1 - x]
  }
  return { width, height, data: new Uint8ClampedArray(to.buffer) }
}

function atFullSize(match: FeatureMatch, toPicture: Homography, back: Homography): FeatureMatch {
  const query = applyHomography(toPicture, { x: match.query_x, y: match.query_y })
  const train = applyHomography(back, { x: match.train_x, y: match.train_y })
  return {
    ...match,
    query_x: tenths(query.x),
    query_y: tenths(query.y),
    train_x: tenths(train.x),
    train_y: tenths(train.y),
  }
}

const tenths = (pixels: number): number => Math.round(pixels * 10) / 10
