import type { Size } from '../../core/raster'
import type { ScoreMap } from './match-map'
import { findPeaks, suppress } from './peaks'
import { type Kept, LEVELS } from './refine'
import { type Method, MOST_RESULTS } from './spec'

const LOWEST = 0.1 // the lowest threshold there is

/** Boils a map of scores down to what any threshold needs. */
export function keep(map: ScoreMap, box: Size, method: Method): Kept {
  const scores = map.values
  const raw = countLevels(scores)
  const survivors = suppress(findPeaks(map, LOWEST - 0.5 / LEVELS), map, box)
  return {
    method,
    bestScore: raw.findLastIndex((count) => count > 0) / LEVELS,
    matches: survivors.slice(0, MOST_RESULTS).map((at) => ({
      x: at % map.width,
      y: Math.floor(at / map.width),
      w: box.width,
      h: box.height,
      score: levelOf(scores[at]) / LEVELS,
    })),
    rawAtLeast: atLeast(raw),
    filteredAtLeast: atLeast(countLevels(Float32Array.from(survivors, (at) => scores[at]))),
  }
}

function countLevels(scores: Float32Array): Uint32Array {
  const counts = new Uint32Array(LEVELS + 1)
  for (let i = 0; i < scores.length; i++) counts[levelOf(scores[i])]++
  return counts
}

function levelOf(score: number): number {
  const level = score * LEVELS + 0.5
  return level < 0 ? 0 : level > LEVELS ? LEVELS : level | 0
}

/** From how many are at each level to how many are at it or above. */
function atLeast(counts: Uint32Array): Uint32Array {
  const sums = counts.slice()
  for (let level = LEVELS - 1; level >= 0; level--) sums[level] += sums[level + 1]
  return sums
}
