import type { RunContext } from '../../core/operator'
import type { Checkpoint } from '../../core/progress'
import type { Raster } from '../../core/raster'
import { agreed } from './agreement'
import { type Detector, type Sight, sightsOf } from './detect'
import { lookCloselyAt, together, WORTH_A_LOOK } from './find'
import { logOdds, probability } from './log-odds'
import type { Detection } from './nms'
import { area, expanded, type Quad, rectangle, sharedArea, sides } from './quad'
import { LOWEST } from './spec'
import { type Tiling, tilesOf, type View, wholeView } from './views'

/** Longest sides of the whole picture, beside the scale of the first look. */
const SCALES = [480, 736]

/**
 * A detection of which this share lies under covers is a cover itself, which looks like a plate to the model. Much less
 * than all of it would also let a plate pass that its cover missed by a part of its length.
 */
const MOSTLY = 0.8
/** Of a detection's height: a rim that detections of small covers have around them, and that is no plate's rest. */
const RIM = 0.15

/** Log-odds that the rest of a plate gains by touching a cover: a plate is there, and a part looks less like one. */
const NEAR = 1
/** Of the area of the covers that it touches: what is larger than this was not covered by half. */
const MOST_REST = 2.5

export interface Covered {
  readonly picture: Raster
  /** As they were laid, margins included. */
  readonly covers: readonly Quad[]
  /** Of the first look, before anything was covered; none where there was no such look. */
  readonly before: readonly Sight[]
}

/**
 * Searches a covered picture at several scales for what is still seen beside the covers.
 *
 * What a cover touches may be the rest of a plate: the view counts that is surest of it, and less is enough. What no cover
 * touches was passed over by the first look: it counts as far as the views of both looks agree on it. A tile that no cover
 * touches has not changed, and is not looked at again.
 */
export async function lookAgain(
  { picture, covers, before }: Covered,
  tiling: Tiling,
  detector: Detector,
  checkpoint: Checkpoint,
  ctx: RunContext,
): Promise<Detection[]> {
  const isNew = ({ part }: View) => before.length === 0 || shareUnder(covers, rectangle(part)) > 0
  const views = [...SCALES.map((side) => wholeView(picture, side)), ...tilesOf(picture, tiling).filter(isNew)]
  const sights = await sightsOf(picture, detector, { views, lowest: WORTH_A_LOOK, checkpoint }, ctx)
  const all = together(sights.map((sight) => ({ ...sight, detections: sight.detections.filter(isRest(covers)) })))
  const touched = all.map((rest) => (couldBePart(covers, rest) ? nearer(rest) : rest))
  const free = agreed([...before, ...sights], picture).filter(({ quad }) => shareUnder(covers, quad) === 0)
  const found = await lookCloselyAt(picture, [...touched, ...free], detector, LOWEST, ctx)
  return found.filter(({ quad }) => !isCovered(covers, quad))
}

const isRest =
  (covers: readonly Quad[]) =>
  ({ quad }: Detection): boolean =>
    shareUnder(covers, quad) > 0 && !isCovered(covers, quad)

const couldBePart = (covers: readonly Quad[], { quad }: Detection): boolean => {
  const touched = covers.filter((cover) => sharedArea(quad, cover) > 0)
  return Math.abs(area(quad)) <= MOST_REST * touched.reduce((sum, cover) => sum + Math.abs(area(cover)), 0)
}

const nearer = ({ quad, score }: Detection): Detection => ({ quad, score: probability(logOdds(score) + NEAR) })

const isCovered = (covers: readonly Quad[], quad: Quad): boolean =>
  shareUnder(covers, expanded(quad, -RIM * sides(quad).height)) >= MOSTLY

const shareUnder = (covers: readonly Quad[], quad: Quad): number =>
  covers.reduce((sum, cover) => sum + sharedArea(quad, cover), 0) / Math.abs(area(quad))
