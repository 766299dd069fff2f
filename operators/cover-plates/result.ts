import type { Size } from '../../core/raster'
import type { Detection } from './nms'
import { center, type Quad } from './quad'
import { NOTES, type Plate, type Residual, type Zone } from './spec'

/** Enough of one run to answer for every threshold. */
export interface Kept {
  readonly size: Size
  /** Everything at or above `LOWEST`; undefined where the request gave the quads. */
  readonly detected?: readonly Detection[]
  readonly given: readonly Plate[]
  /** What the second look found beside the covers, at or above `LOWEST`; undefined when there was none. */
  readonly remaining?: readonly Detection[]
  readonly notes: readonly string[]
}

interface Chosen {
  readonly threshold: number
  readonly zones: readonly Zone[]
}

/** The plates at or above the threshold, or those that were given, best first. */
export function platesOf({ size, detected, given }: Kept, { threshold, zones }: Chosen): Plate[] {
  const all = detected
    ?.filter(({ score }) => score >= threshold)
    .map(({ quad, score }) => ({ ...toCorners(quad), score }))
  return (all ?? given).map((plate) => ({ ...plate, covered: !isInZone(toQuad(plate), zones, size) }))
}

export function resultOf(kept: Kept, params: Chosen) {
  const plates = platesOf(kept, params)
  const residuals = residualsOf(kept, params)
  const notes = plates.length === 0 ? [NOTES.noPlates, ...kept.notes] : kept.notes
  return {
    plates_found: plates.length,
    plates_covered: plates.filter(({ covered }) => covered).length,
    residuals_found: residuals.length,
    residual_score: kept.remaining ? (residuals[0]?.score ?? 0) : null,
    plates,
    residuals,
    notes: [...notes],
  }
}

const residualsOf = ({ remaining = [], size }: Kept, { threshold, zones }: Chosen): Residual[] =>
  remaining
    .filter(({ score, quad }) => score >= threshold && !isInZone(quad, zones, size))
    .map(({ quad, score }) => ({ ...toCorners(quad), score }))

function isInZone(quad: Quad, zones: readonly Zone[], { width, height }: Size): boolean {
  const [x, y] = center(quad)
  return zones.some(
    (zone) =>
      x >= zone.x * width && x < (zone.x + zone.w) * width && y >= zone.y * height && y < (zone.y + zone.h) * height,
  )
}

type Corners = Pick<Plate, 'x1' | 'y1' | 'x2' | 'y2' | 'x3' | 'y3' | 'x4' | 'y4'>

export const toQuad = ({ x1, y1, x2, y2, x3, y3, x4, y4 }: Corners): Quad => [x1, y1, x2, y2, x3, y3, x4, y4]

/** In hundredths of a pixel, which is more than the model knows. */
function toCorners(quad: Quad): Corners {
  const [x1, y1, x2, y2, x3, y3, x4, y4] = quad.map((value) => Math.round(value * 100) / 100)
  return { x1, y1, x2, y2, x3, y3, x4, y4 }
}
