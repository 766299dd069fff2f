import type { Size } from '../../core/raster'
import type { Sight } from './detect'
import { logOdds, probability } from './log-odds'
import { type Detection, isSame, suppressed } from './nms'
import { bounds, type Quad, sides } from './quad'
import { showsWhole, type View } from './views'

/** Height from which plates are found well, and width up to which, both in pixels of the model's input. */
const LEGIBLE = { height: 16, width: 320 }

/** Counts as the score where a view that would show the plate shows none. */
const UNSEEN = 0.01

/**
 * The plates of several views, each with the mean log-odds of the views that show it whole and at a legible size: what
 * looks like a plate at one scale only, as windows and lettering do, loses by that, and plates hardly.
 *
 * @param picture that all views are of
 * @returns highest score first
 */
export function agreed(sights: readonly Sight[], picture: Size): Detection[] {
  const best = suppressed(sights.flatMap(({ detections }) => detections))
  const scored = best.map(({ quad, score }) => ({ quad, score: mean(scoresOf(quad, score, sights, picture)) }))
  return scored.toSorted((a, b) => b.score - a.score)
}

/** @param own the score that one of the views gives it, which counts in any case */
function scoresOf(quad: Quad, own: number, sights: readonly Sight[], picture: Size): number[] {
  const scores = sights.flatMap(({ view, detections }) => {
    const score = detections.reduce((most, other) => (isSame(quad, other.quad) ? Math.max(most, other.score) : most), 0)
    if (score === own) return []
    return showsWhole(view, bounds(quad), picture) && isLegible(quad, view) ? Math.max(score, UNSEEN) : []
  })
  return [own, ...scores]
}

function isLegible(quad: Quad, { part, input, longest }: View): boolean {
  const { width, height } = sides(quad)
  const scale = Math.min(input.width / part.width, input.height / part.height)
  return width <= longest && width * scale <= LEGIBLE.width && height * scale >= LEGIBLE.height
}

/** By log-odds. */
const mean = (scores: readonly number[]): number =>
  probability(scores.reduce((sum, score) => sum + logOdds(score), 0) / scores.length)
