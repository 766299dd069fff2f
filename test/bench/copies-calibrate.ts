import { TERMS, type Terms } from '../../operators/compare-copies/verdict'
import { solve } from '../../operators/match-feature/homography/solve'
import { cosineLikeness, figuresOf } from './copies-figures'
import { balancedPairs, type Example, nearest, printReliability, weighedExamples } from './copies-pairs'
import { readEditSet } from './copies-set'

/** What verdict.ts and fingerprint/spec.ts take over; from pictures that training held back, none that measures. */
export async function printCalibration(): Promise<void> {
  const set = await readEditSet('held')
  if (!set) return
  const { threshold, top1, recall } = figuresOf(set, cosineLikeness)
  const strangers = set.edited.map((query) => {
    const other = nearest(set, query, 2).find(({ picture }) => picture !== query.picture)
    return other ? cosineLikeness(query, other) : 0
  })
  const owns = set.edited.map((query) => {
    const own = set.originals.find(({ picture }) => picture === query.picture)
    return own ? cosineLikeness(query, own) : 0
  })
  console.log(`${set.edited.length} edits of ${set.originals.length} pictures: top-1 ${top1}, recall ${recall}`)
  console.log(`one pair of strangers in 1,000 is more alike than ${threshold.toFixed(3)}`)
  console.log(`mean similarity of the nearest stranger: ${(sum(strangers) / strangers.length).toFixed(3)}`)
  for (const part of [0.001, 0.005, 0.01, 0.02]) {
    const at = owns.toSorted((a, b) => a - b)[Math.floor(part * owns.length)]
    console.log(`${part * 100} % of the copies are less alike than ${at.toFixed(3)}`)
  }
  const pairs = await balancedPairs(set)
  const laid = pairs.filter(({ isCopy, evidence }) => !isCopy && evidence.inliers > 0).length
  console.log(`of ${pairs.length / 2} pairs with the most alike stranger, ${laid} agree in any detail`)
  const weights = fitLogistic(weighedExamples(set, pairs))
  console.log('weights', Object.fromEntries(TERMS.map((name) => [name, Number(weights[name].toFixed(2))])))
  console.log(`as verdict.ts has them now, on these ${pairs.length} pairs, half of them copies`)
  printReliability(pairs, 1)
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const STEPS = 60
const TINY = 1e-9 // keeps the system of equations solvable once every example is sure
const DECAY = 1e-5 // keeps weights finite where the examples can be told apart without an error

/** Logistic regression by Newton's method, by the weights of the examples; the bias is free, the others are held small. */
function fitLogistic(examples: readonly Example[]): Terms {
  let weights = TERMS.map(() => 0)
  const rows = examples.map(({ isCopy, terms, weight }) => {
    return { x: TERMS.map((name) => terms[name]), y: Number(isCopy), weight }
  })
  const total = sum(rows.map(({ weight }) => weight))
  for (let step = 0; step < STEPS; step++) {
    const said = rows.map(({ x }) => 1 / (1 + Math.exp(-sum(x.map((value, i) => value * weights[i])))))
    const decay = TERMS.map((name) => (name === 'bias' ? 0 : DECAY))
    const mean = (of: (row: { x: number[]; y: number }, p: number) => number) =>
      sum(rows.map((row, k) => row.weight * of(row, said[k]))) / total
    const system = TERMS.map((_, i) => [
      ...TERMS.map((_, j) => mean(({ x }, p) => x[i] * x[j] * p * (1 - p)) + (i === j ? decay[i] + TINY : 0)),
      mean(({ x, y }, p) => x[i] * (p - y)) + decay[i] * weights[i],
    ])
    const change = solve(system)
    if (!change) break
    weights = weights.map((weight, i) => weight - change[i])
  }
  const [bias, inliers, hash, similarity] = weights
  return { bias, inliers, hash, similarity }
}
