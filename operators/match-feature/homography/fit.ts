import { applyHomography, type Homography, invert, multiply, type Point, type PointPair, unit } from './homography'
import { solve } from './solve'

const MOST_STEPS = 10

/**
 * The homography that fits all pairs best by algebraic error: the normalised direct linear transform.
 *
 * @param pairs at least four
 * @returns nothing when the points lie so that there is no single one
 * @see Hartley, "In defense of the eight-point algorithm", PAMI 1997
 */
export function fitHomography(pairs: readonly PointPair[]): Homography | undefined {
  return inNormalised(pairs, (normalised) => {
    const equations = normalised.flatMap(({ from: { x, y }, to }) => [
      [x, y, 1, 0, 0, 0, -to.x * x, -to.x * y, to.x],
      [0, 0, 0, x, y, 1, -to.y * x, -to.y * y, to.y],
    ])
    const solution = solve(equations.length === 8 ? equations : normalEquations(equations))
    return solution && fromParameters(solution)
  })
}

/** The same with the least squared distances in pixels (Levenberg–Marquardt), from a start that is about right. */
export function refineHomography(pairs: readonly PointPair[], start: Homography): Homography {
  let best = start
  let error = squaredError(pairs, best)
  let damping = 1e-3
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = dampedStep(pairs, best, damping)
    const nextError = next ? squaredError(pairs, next) : Number.POSITIVE_INFINITY
    if (next && nextError < error) {
      const isSettled = error - nextError < 1e-9 * error
      best = next
      error = nextError
      damping /= 10
      if (isSettled) break
    } else damping *= 10
  }
  return best
}

export function squaredDistance(homography: Homography, { from, to }: PointPair): number {
  const at = applyHomography(homography, from)
  return (at.x - to.x) ** 2 + (at.y - to.y) ** 2
}

function squaredError(pairs: readonly PointPair[], homography: Homography): number {
  return pairs.reduce((sum, pair) => sum + squaredDistance(homography, pair), 0)
}

function dampedStep(pairs: readonly PointPair[], current: Homography, damping: number): Homography | undefined {
  return inNormalised(pairs, (normalised, toNormalised) => {
    const matrix = toNormalised(current)
    if (!matrix) return undefined
    const equations = normalised.flatMap((pair) => residuals(matrix, pair))
    const rows = normalEquations(equations)
    for (let i = 0; i < 8; i++) rows[i][i] *= 1 + damping
    const change = solve(rows)
    return change && fromParameters(matrix.flat().map((value, i) => (i < 8 ? value + change[i] : value)))
  })
}

/** How each of the eight numbers moves the image of a point, and how far it is from where it should be. */
function residuals([a, b, c]: Homography, { from: { x, y }, to }: PointPair): number[][] {
  const w = c[0] * x + c[1] * y + 1
  const u = (a[0] * x + a[1] * y + a[2]) / w
  const v = (b[0] * x + b[1] * y + b[2]) / w
  return [
    [x / w, y / w, 1 / w, 0, 0, 0, (-u * x) / w, (-u * y) / w, to.x - u],
    [0, 0, 0, x / w, y / w, 1 / w, (-v * x) / w, (-v * y) / w, to.y - v],
  ]
}

function normalEquations(equations: readonly number[][]): number[][] {
  const rows = Array.from({ length: 8 }, () => new Array<number>(9).fill(0))
  for (const equation of equations) {
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 9; j++) rows[i][j] += equation[i] * equation[j]
    }
  }
  return rows
}

const fromParameters = ([a, b, c, d, e, f, g, h]: readonly number[]): Homography => [
  [a, b, c],
  [d, e, f],
  [g, h, 1],
]

/** Works on points moved to their centre and scaled to a mean distance of √2, where the equations are well conditioned. */
function inNormalised(
  pairs: readonly PointPair[],
  work: (
    normalised: PointPair[],
    toNormalised: (homography: Homography) => Homography | undefined,
  ) => Homography | undefined,
): Homography | undefined {
  const [fromScale, toScale] = [normaliser(pairs.map(({ from }) => from)), normaliser(pairs.map(({ to }) => to))]
  const [fromBack, toBack] = [invert(fromScale), invert(toScale)]
  if (!fromBack || !toBack) return undefined
  const normalised = pairs.map(({ from, to }) => ({
    from: applyHomography(fromScale, from),
    to: applyHomography(toScale, to),
  }))
  const found = work(normalised, (homography) => finite(unit(multiply(multiply(toScale, homography), fromBack))))
  return found && finite(unit(multiply(multiply(toBack, found), fromScale)))
}

function finite(homography: Homography): Homography | undefined {
  return homography.flat().every(Number.isFinite) ? homography : undefined
}

function normaliser(points: readonly Point[]): Homography {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length
  const spread = points.reduce((sum, point) => sum + Math.hypot(point.x - x, point.y - y), 0) / points.length
  const scale = Math.SQRT2 / spread
  return [
    [scale, 0, -scale * x],
    [0, scale, -scale * y],
    [0, 0, 1],
  ]
}
