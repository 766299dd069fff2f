import type { Method } from './spec'

/**
 * Turns OpenCV's values into scores where 1 is the best and higher is more alike, in place.
 *
 * The normalised methods have a scale of their own (SQDIFF is turned round). The others are stretched so that the best
 * value of the map is 1 and the worst is 0; a map of one value has no best, so it must not come here.
 */
export function toScores(map: Float32Array, method: Method): void {
  if (method === 'TM_CCOEFF_NORMED' || method === 'TM_CCORR_NORMED') return
  const [low, high] = method === 'TM_SQDIFF_NORMED' ? [0, 1] : range(map)
  const [worst, best] = method.startsWith('TM_SQDIFF') ? [high, low] : [low, high]
  const scale = 1 / (best - worst)
  for (let i = 0; i < map.length; i++) map[i] = (map[i] - worst) * scale
}

/** The smallest and the largest value. */
export function range(map: Float32Array): [low: number, high: number] {
  let [low, high] = [map[0], map[0]]
  for (let i = 1; i < map.length; i++) {
    const value = map[i]
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}
