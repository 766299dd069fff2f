import { clamp } from './clamp'
import type { LogoCues } from './logo-cues'

/**
 * How surely a shape in a corner is laid over the picture, 0..1: a logistic regression on the cues. It was fitted to
 * shapes in the corners of photos as they are, and of the same with drawn marks of opacities from a quarter up.
 */
export function logoScore(cues: LogoCues): number {
  const log = (value: number, low: number, high: number) => Math.log(clamp(value, low, high))
  const logit =
    -9.04 +
    8.82 * clamp(cues.closed, 0.5, 1) -
    3.79 * clamp(cues.tail, 0, 0.6) +
    0.2 * log(cues.contrast, 10, 300) -
    1.48 * log(cues.misfit, 0.5, 40) +
    0.85 * clamp(cues.opacity, 0.05, 1) +
    0.38 * log(cues.variety, 1, 60) -
    31.49 * clamp(cues.offPlace, 0, 0.15) +
    1.93 * log(cues.size, 0.05, 0.3) +
    6.6 * clamp(cues.aspect, 0.25, 1) +
    7.01 * clamp(cues.inkShare, 0.1, 0.9)
  return 1 / (1 + Math.exp(-logit))
}
