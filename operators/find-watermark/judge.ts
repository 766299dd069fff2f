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
    8.26 +
    1.85 * log(cues.variety, 1, 40) -
    1.5 * log(cues.misfit, 3, 40) -
    2.07 * log(cues.plateEdge, 1, 60) -
    0.46 * log(cues.contrast, 20, 400) -
    0.15 * log(cues.chroma, 4, 100) -
    0.43 * clamp(cues.tilt, 0, 8) -
    2.04 * clamp(cues.offPlace, 0, 0.3) +
    2.19 * clamp(cues.opacity, 0.2, 1) -
    17.6 * clamp(Math.abs(cues.inkShare - 0.32), 0, 0.25)
  return 1 / (1 + Math.exp(-logit))
}
