const SUREST = 1e-4 // a model that is sure beyond this is not to outvote all others

/** @param score 0..1 */
export function logOdds(score: number): number {
  const p = Math.min(Math.max(score, SUREST), 1 - SUREST)
  return Math.log(p / (1 - p))
}

export const probability = (odds: number): number => 1 / (1 + Math.exp(-odds))
