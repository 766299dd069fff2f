import { createRandom } from '../matching/random'
import { fitHomography, refineHomography, squaredDistance } from './fit'
import { determinant, type Homography, type Point, type PointPair } from './homography'

/** A homography with the pairs that agree with it. */
export interface Consensus {
  readonly homography: Homography
  /** For each pair, whether it agrees within three pixels. */
  readonly inliers: readonly boolean[]
  /** Root of the mean squared distance of the inliers, in pixels. */
  readonly error: number
}

const INLIER_PIXELS = 3
const CONFIDENCE = 0.999 // that one sample of four was free of outliers
const MOST_SAMPLES = 5000
const POLISHES = 5

/**
 * The homography that most pairs agree on. The samples are drawn from a seed made of the points, so the same pairs give
 * the same answer everywhere.
 *
 * @returns nothing when so few agree that it may be chance
 * @see Fischler & Bolles, "Random sample consensus", CACM 1981; scored as in Torr & Zisserman, "MLESAC", CVIU 2000
 */
export function findHomography(pairs: readonly PointPair[]): Consensus | undefined {
  const sampled = bestSample(pairs)
  return sampled && polish(pairs, sampled)
}

function bestSample(pairs: readonly PointPair[]): Homography | undefined {
  if (pairs.length < 4) return undefined
  const random = createRandom(seedOf(pairs))
  let best: Homography | undefined
  let least = Number.POSITIVE_INFINITY
  let samples = MOST_SAMPLES
  for (let i = 0; i < samples; i++) {
    const sample = draw(pairs, random)
    const homography = isSound(sample) ? fitHomography(sample) : undefined
    if (!homography) continue
    const { cost, inliers } = score(pairs, homography, least)
    if (cost >= least) continue
    least = cost
    best = homography
    samples = Math.min(samples, samplesNeeded(inliers / pairs.length))
  }
  return best
}

/** Fits to all who agree, until they stay the same. */
function polish(pairs: readonly PointPair[], start: Homography): Consensus | undefined {
  let homography = start
  let inliers = agreeing(pairs, homography)
  for (let round = 0; round < POLISHES; round++) {
    const chosen = pairs.filter((_, i) => inliers[i])
    if (chosen.length < 4) return undefined
    homography = refineHomography(chosen, fitHomography(chosen) ?? homography)
    const next = agreeing(pairs, homography)
    const isSame = next.every((value, i) => value === inliers[i])
    inliers = next
    if (isSame) break
  }
  const chosen = pairs.filter((_, i) => inliers[i])
  if (!isMoreThanChance(chosen.length, pairs.length) || determinant(homography) <= 0) return undefined
  const squares = chosen.reduce((sum, pair) => sum + squaredDistance(homography, pair), 0)
  return { homography, inliers, error: Math.sqrt(squares / chosen.length) }
}

/** @see Brown & Lowe, "Recognising panoramas", ICCV 2003, equation 10 */
const isMoreThanChance = (inliers: number, pairs: number) => inliers > 5.9 + 0.22 * pairs

const agreeing = (pairs: readonly PointPair[], homography: Homography): boolean[] =>
  pairs.map((pair) => squaredDistance(homography, pair) <= INLIER_PIXELS ** 2)

/** Squared distances, none counted for more than the limit of an inlier; gives up once it is over `least`. */
function score(pairs: readonly PointPair[], [a, b, c]: Homography, least: number): { cost: number; inliers: number } {
  const most = INLIER_PIXELS ** 2
  let cost = 0
  let inliers = 0
  for (let i = 0; i < pairs.length && cost < least; i++) {
    const { from, to } = pairs[i]
    const w = c[0] * from.x + c[1] * from.y + c[2]
    const x = (a[0] * from.x + a[1] * from.y + a[2]) / w - to.x
    const y = (b[0] * from.x + b[1] * from.y + b[2]) / w - to.y
    const squared = x * x + y * y
    if (squared <= most) {
      inliers++
      cost += squared
    } else cost += most
  }
  return { cost, inliers }
}

function samplesNeeded(share: number): number {
  const needed = Math.log(1 - CONFIDENCE) / Math.log(1 - share ** 4)
  return Number.isNaN(needed) ? MOST_SAMPLES : Math.ceil(needed)
}

function draw(pairs: readonly PointPair[], random: (below: number) => number): PointPair[] {
  const chosen = new Set<number>()
  while (chosen.size < 4) chosen.add(random(pairs.length))
  return [...chosen].map((i) => pairs[i])
}

/** No three on a line, and every triangle turns the same way in both pictures: a mirror cannot be seen. */
function isSound(sample: readonly PointPair[]): boolean {
  return sample.every((_, left) => {
    const [p, q, r] = sample.filter((_, i) => i !== left)
    const before = area(p.from, q.from, r.from)
    const after = area(p.to, q.to, r.to)
    return Math.abs(before) > 1 && Math.abs(after) > 1 && before * after > 0
  })
}

function area(p: Point, q: Point, r: Point): number {
  return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
}

/** FNV-1a over the coordinates in 1/16 pixel. */
function seedOf(pairs: readonly PointPair[]): number {
  let hash = 0x811c9dc5
  for (const { from, to } of pairs) {
    for (const value of [from.x, from.y, to.x, to.y]) hash = Math.imul(hash ^ Math.round(value * 16), 0x01000193)
  }
  return hash >>> 0
}
