/** A pair of pictures: how alike they are, and whether they show one person. */
export interface Pair {
  readonly cosine: number
  readonly same: boolean
}

export interface Score {
  readonly same: number
  readonly different: number
  /** Chance that a pair of one person is more alike than a pair of two. */
  readonly auc: number
  /** Mean of both shares that are told right, at the best threshold. */
  readonly balancedAccuracy: number
  readonly bestThreshold: number
}

/** By ranks, as Mann and Whitney count them; equal cosines count half. */
export function scoreOf(pairs: readonly Pair[]): Score {
  const sorted = pairs.toSorted((a, b) => a.cosine - b.cosine)
  const same = pairs.filter((pair) => pair.same).length
  const different = pairs.length - same
  let [below, belowSame, wins, best, bestThreshold] = [0, 0, 0, 0, 0]
  for (let i = 0; i < sorted.length; ) {
    const { cosine } = sorted[i]
    const balanced = (below / different + (same - belowSame) / same) / 2
    if (balanced > best) [best, bestThreshold] = [balanced, cosine]
    let [equal, equalSame] = [0, 0]
    for (; i < sorted.length && sorted[i].cosine === cosine; i++) sorted[i].same ? equalSame++ : equal++
    wins += equalSame * (below + equal / 2)
    below += equal
    belowSame += equalSame
  }
  return { same, different, auc: wins / same / different, balancedAccuracy: best, bestThreshold }
}

/** The lowest threshold at which at most this share of pairs of two people are taken for one, and who is still known there. */
export function operatingPoint(pairs: readonly Pair[], mostFalseMatches: number) {
  const different = pairs.flatMap(({ cosine, same }) => (same ? [] : cosine)).toSorted((a, b) => b - a)
  const same = pairs.filter((pair) => pair.same)
  const allowed = Math.floor(different.length * mostFalseMatches)
  const threshold = Math.ceil((different[allowed] + 1e-9) * 1000) / 1000 // the first that is one too many stays below
  return {
    threshold,
    falseMatchRate: different.filter((cosine) => cosine >= threshold).length / different.length,
    trueMatchRate: same.filter(({ cosine }) => cosine >= threshold).length / same.length,
  }
}
