import type { RunContext } from '../../core/operator'
import type { Raster } from '../../core/raster'
import { lookClosely } from './corners'
import { type Detector, type Options, type Sight, sightsOf } from './detect'
import { type Detection, suppressed } from './nms'

/** Lowest score of the detector at which a closer look is worth its time. */
export const WORTH_A_LOOK = 0.05

type Context = Pick<RunContext, 'models' | 'modelBatch'>

/**
 * Looks at every view, then closely at what is seen there, where the model for that is installed.
 *
 * @returns in picture pixels, highest score first
 */
export async function findPlates(
  picture: Raster,
  detector: Detector,
  options: Options,
  context: Context,
): Promise<Detection[]> {
  const sights = await sightsOf(picture, detector, { ...options, lowest: WORTH_A_LOOK }, context)
  return lookCloselyAt(picture, together(sights), detector, options.lowest, context)
}

/** What is seen in any view, each plate once. */
export const together = (sights: readonly Sight[]): Detection[] =>
  suppressed(sights.flatMap(({ detections }) => detections))

/**
 * Scores and corners of a closer look at each, where the model for that is installed; else the detector's own.
 *
 * @param lowest score that is kept
 * @returns highest score first
 */
export async function lookCloselyAt(
  picture: Raster,
  proposed: readonly Detection[],
  { corners }: Detector,
  lowest: number,
  { models }: Context,
): Promise<Detection[]> {
  const best = proposed.filter(({ score }) => score >= WORTH_A_LOOK).toSorted((a, b) => b.score - a.score)
  if (!corners || !(await models.has(corners))) return best.filter(({ score }) => score >= lowest)
  return lookClosely(picture, best, { model: corners, lowest }, models)
}
