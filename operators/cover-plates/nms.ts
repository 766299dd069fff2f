import { area, bounds, type Quad, sharedArea } from './quad'

export interface Detection {
  readonly quad: Quad
  /** 0..1 */
  readonly score: number
}

/** Shared area over joint area from which two detections are one plate. */
const SAME = 0.45
/** Shared area over the smaller one's from which the smaller is a part of the other: a plate that a tile cut off. */
const PART = 0.75

/**
 * Keeps the best of those that show the same plate.
 *
 * @returns highest score first
 */
export function suppressed(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = []
  for (const one of detections.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some((other) => isSame(one.quad, other.quad))) kept.push(one)
  }
  return kept
}

/** Whether two detections show the same plate, or one shows a part of the other's. */
export function isSame(a: Quad, b: Quad): boolean {
  if (apart(a, b)) return false
  const [areaA, areaB] = [Math.abs(area(a)), Math.abs(area(b))]
  const shared = sharedArea(a, b)
  return shared >= SAME * (areaA + areaB - shared) || shared >= PART * Math.min(areaA, areaB)
}

/** Tells most pairs apart without clipping. */
function apart(a: Quad, b: Quad): boolean {
  const [p, q] = [bounds(a), bounds(b)]
  return p.x + p.width <= q.x || q.x + q.width <= p.x || p.y + p.height <= q.y || q.y + q.height <= p.y
}
