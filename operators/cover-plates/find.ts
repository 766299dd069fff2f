import type { RunContext } from '../../core/operator'
import type { Raster } from '../../core/raster'
import { lookClosely } from './corners'
import { type Detector, type Options, proposePlates } from './detect'
import type { Detection } from './nms'

/** Lowest score of the detector at which a closer look is worth its time. */
const WORTH_A_LOOK = 0.05

/**
 * Looks at every view, then closely at what is seen there, where the model for that is installed.
 *
 * @returns in picture pixels, highest score first
 */
export async function findPlates(
  picture: Raster,
  detector: Detector,
  options: Options,
  context: Pick<RunContext, 'models' | 'modelBatch'>,
): Promise<Detection[]> {
  const { corners } = detector
  if (!corners || !(await context.models.has(corners))) return proposePlates(picture, detector, options, context)
  const proposed = await proposePlates(picture, detector, { ...options, lowest: WORTH_A_LOOK }, context)
  return lookClosely(picture, proposed, { model: corners, lowest: options.lowest }, context.models)
}
