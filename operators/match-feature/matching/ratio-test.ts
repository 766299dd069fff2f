import type { Nearest } from './nearest'

/** Indices of a query and a train key point that look alike. */
export interface Match {
  readonly query: number
  readonly train: number
  readonly distance: number
}

/**
 * Matches that are clearly better than the second best, the nearest first (Lowe 2004, section 7.1). Where there is no
 * second to compare with, nothing is clear.
 */
export function ratioTest({ index, distance, second }: Nearest, ratio: number, limit: number): Match[] {
  const good: Match[] = []
  for (let query = 0; query < index.length; query++) {
    const isClear = distance[query] < ratio * second[query] && Number.isFinite(second[query])
    if (isClear) good.push({ query, train: index[query], distance: distance[query] })
  }
  return good.sort((a, b) => a.distance - b.distance || a.query - b.query).slice(0, limit)
}
