import type { RunContext } from '../../core/operator'
import type { Checkpoint } from '../../core/progress'
import type { Raster } from '../../core/raster'
import type { Detector } from './detect'
import { findPlates } from './find'
import type { Detection } from './nms'
import { area, type Quad, sharedArea } from './quad'
import { LOWEST } from './spec'
import { type Tiling, tilesOf, wholeView } from './views'

/** Longest sides of the whole picture, beside the scale of the first look. */
const SCALES = [480, 736]

/**
 * A detection of which this share lies under covers is a cover itself, which looks like a plate to the model. Much less
 * than all of it would also let a plate pass that its cover missed by a part of its length.
 */
const MOSTLY = 0.8

/**
 * Searches a covered picture at several scales for what is still seen beside the covers.
 *
 * @param covers as they were laid, margins included
 */
export async function lookAgain(
  picture: Raster,
  covers: readonly Quad[],
  tiling: Tiling,
  detector: Detector,
  checkpoint: Checkpoint,
  ctx: RunContext,
): Promise<Detection[]> {
  const views = [...SCALES.map((side) => wholeView(picture, side)), ...tilesOf(picture, tiling)]
  const found = await findPlates(picture, detector, { views, lowest: LOWEST, checkpoint }, ctx)
  return found.filter(({ quad }) => !isCovered(quad, covers))
}

function isCovered(quad: Quad, covers: readonly Quad[]): boolean {
  const under = covers.reduce((sum, cover) => sum + sharedArea(quad, cover), 0)
  return under >= MOSTLY * Math.abs(area(quad))
}
