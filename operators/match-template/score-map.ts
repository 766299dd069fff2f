import type { Checkpoint } from '../../core/progress'
import { type MatchRequest, type ScoreMap, withMatchMap } from './match-map'
import { range, toScores } from './scores'
import type { Method } from './spec'

/**
 * How alike the template and each window of the image are: 1 is the best, higher is more alike.
 *
 * A map of one value has no best and no worst to stretch to 0..1, so there the normalised form of the method decides.
 *
 * @param use gets the scores, which are gone afterwards
 */
export async function withScores<Result>(
  request: MatchRequest,
  checkpoint: Checkpoint,
  use: (scores: ScoreMap) => Result,
): Promise<Result> {
  const { method } = request
  const scored = await withMatchMap(request, checkpoint, (map) => {
    if (!method.endsWith('_NORMED') && !hasSpread(map.values)) return undefined
    toScores(map.values, method)
    return { result: use(map) }
  })
  return scored ? scored.result : withScores({ ...request, method: `${method}_NORMED` as Method }, checkpoint, use)
}

const SPREAD = 1e-6 // values this close, relative to the largest, differ by rounding only

function hasSpread(map: Float32Array): boolean {
  const [low, high] = range(map)
  return high - low > SPREAD * Math.max(Math.abs(low), Math.abs(high))
}
