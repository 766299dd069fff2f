import { clamp } from './clamp'
import type { Cues } from './cues'

/**
 * How surely a line of text is laid over the picture, 0..1: a logistic regression on the cues. It was fitted to lines that
 * PP-OCR finds, on photos as they are (signs, plates, packages, screens) and on the same with drawn marks of all opacities.
 * What a cue says beyond the range that was seen does not count.
 */
export function overlayScore(cues: Cues): number {
  const log = (value: number, low: number, high: number) => Math.log(clamp(value, low, high))
  const logit =
    9.2 +
    1.08 * log(cues.variety, 1, 40) -
    3.06 * log(cues.misfit, 3, 40) -
    1.14 * log(cues.plateEdge, 1, 60) +
    0.56 * log(cues.contrast, 20, 400) -
    0.56 * log(cues.chroma, 4, 100) -
    0.3 * clamp(cues.tilt, 0, 8) -
    1.9 * clamp(cues.offPlace, 0, 0.3) +
    0.28 * clamp(cues.opacity, 0.2, 1) -
    17.7 * clamp(Math.abs(cues.inkShare - 0.32), 0, 0.25)
  return 1 / (1 + Math.exp(-logit))
}
