import { blend, type Ink } from './draw'
import type { Raster } from './raster'

/** In pixels; 0, 0 is the corner of the first pixel, so its centre is at 0.5, 0.5. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/**
 * A line with round ends and smooth edges; what lies outside of the raster is left out, here and below. Goes along the
 * line, so a long one costs no more than its own pixels.
 */
export function strokeLine(raster: Raster, from: Spot, to: Spot, thickness: number, ink: Ink): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const squared = dx * dx + dy * dy
  const inside = (x: number, y: number) => {
    const along = squared === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / squared
    const t = Math.min(1, Math.max(0, along))
    return thickness / 2 - Math.hypot(x - from.x - t * dx, y - from.y - t * dy)
  }
  const margin = thickness / 2 + 1
  const isFlat = Math.abs(dx) >= Math.abs(dy)
  const slope = isFlat ? dy / (dx || 1) : dx / dy
  const reach = margin * Math.SQRT2 + 1 // a line at 45 degrees is this much higher than it is thick
  const [start, end] = isFlat ? [from.x, to.x] : [from.y, to.y]
  const [low, high] = [Math.floor(Math.min(start, end) - margin), Math.ceil(Math.max(start, end) + margin)]
  for (let step = Math.max(0, low); step < Math.min(isFlat ? raster.width : raster.height, high); step++) {
    const at = Math.min(Math.max(step + 0.5, Math.min(start, end)), Math.max(start, end)) - start
    const middle = (isFlat ? from.y : from.x) + at * slope
    const area = isFlat
      ? { left: step, right: step + 1, top: middle - reach, bottom: middle + reach }
      : { left: middle - reach, right: middle + reach, top: step, bottom: step + 1 }
    paint(raster, area, ink, inside)
  }
}

export function fillDisc(raster: Raster, centre: Spot, radius: number, ink: Ink): void {
  paint(raster, bounds([centre], radius + 1), ink, (x, y) => radius - Math.hypot(x - centre.x, y - centre.y))
}

export function strokeCircle(raster: Raster, centre: Spot, radius: number, thickness: number, ink: Ink): void {
  paint(
    raster,
    bounds([centre], radius + thickness),
    ink,
    (x, y) => thickness / 2 - Math.abs(radius - Math.hypot(x - centre.x, y - centre.y)),
  )
}

interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** @param inside how many pixels a point lies inside of the shape; negative outside */
function paint(raster: Raster, area: Bounds, ink: Ink, inside: (x: number, y: number) => number): void {
  const [left, right] = [Math.max(0, Math.floor(area.left)), Math.min(raster.width, Math.ceil(area.right))]
  const [top, bottom] = [Math.max(0, Math.floor(area.top)), Math.min(raster.height, Math.ceil(area.bottom))]
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const coverage = inside(column + 0.5, row + 0.5) + 0.5
      if (coverage > 0) blend(raster, column, row, ink, Math.min(1, coverage))
    }
  }
}

function bounds(spots: readonly Spot[], margin: number): Bounds {
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)]
  return {
    left: Math.min(...xs) - margin,
    top: Math.min(...ys) - margin,
    right: Math.max(...xs) + margin,
    bottom: Math.max(...ys) + margin,
  }
}
