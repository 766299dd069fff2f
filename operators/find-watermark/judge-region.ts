import { clamp } from './clamp'
import type { RegionCues } from './regions'

/**
 * How surely a region of the network's map is a mark, 0..1: a logistic regression on the cues. It was fitted to regions in
 * photos as they are, number plates and signs among them, and in the same with drawn marks of all opacities.
 */
export function regionScore({ mean, most, area, doubt, body, others, offPlace }: RegionCues): number {
  const logit =
    -7.5 +
    22.23 * mean -
    11.69 * most +
    0.23 * Math.log(area) -
    0.24 * clamp(doubt, 0, 4) +
    0.9 * body +
    0.99 * Math.log(1 + others) -
    8.27 * clamp(offPlace, 0, 0.3)
  return 1 / (1 + Math.exp(-logit))
}
