import type { Refine } from '../../core/operator'
import type { Match, Method, matchTemplate } from './spec'

/** Scores have four decimals, so that thresholds mean the same everywhere and counting needs only a histogram. */
export const LEVELS = 10_000

/** Enough of one run to answer for every threshold and `max_results`; about 80 KB. */
export interface Kept {
  readonly method: Method
  readonly bestScore: number
  /** The best of all after suppression, as many as `max_results` can ask for. */
  readonly matches: readonly Match[]
  /** How many places of the map have at least this score × LEVELS. */
  readonly rawAtLeast: Uint32Array
  /** How many places after suppression have at least this score × LEVELS. */
  readonly filteredAtLeast: Uint32Array
}

/** @param kept what `run` has kept */
export const refine: Refine<typeof matchTemplate> = (kept, params) => {
  const { method, bestScore, matches, rawAtLeast, filteredAtLeast } = kept as Kept
  const level = toLevel(params.threshold)
  const found = filteredAtLeast[level]
  return {
    method,
    matches_found: found,
    filtered_matches: found,
    raw_matches: rawAtLeast[level],
    best_score: bestScore,
    matches: matches.slice(0, Math.min(found, params.max_results)),
  }
}

/** The lowest level that a threshold lets through. */
function toLevel(threshold: number): number {
  const level = Math.round(threshold * LEVELS)
  return level / LEVELS < threshold ? level + 1 : level
}
