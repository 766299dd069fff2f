import type { Size } from '../../core/raster'
import { emptySpectrum, powerOfTwo, transform } from './fft'
import { boxBlur, type Plane } from './planes'

export type Vector = readonly [x: number, y: number]

/** The two shortest shifts by which a pattern falls onto itself, pixels. */
export interface Lattice {
  readonly a: Vector
  readonly b: Vector
  /** How sure the picture repeats by it, 0..1. */
  readonly score: number
}

const LEAST_SHIFT = 20 // pixels: nearer ones are textures, or the blocks of JPEG
const MOST_SHIFT = 0.45 // of each side: of larger ones too little is seen twice
const MOST_PEAKS = 24
const IS_PEAK = 6 // standard deviations of all shifts about their neighbourhood
const LEAST_ANGLE = 0.35 // sine between both shifts
const LEAST_CONFIRMED = 0.6 // share of the lattice's nodes that are peaks
const NEAR = 2 // pixels

interface Peak {
  readonly at: Vector
  /** Standard deviations. */
  readonly height: number
}

/**
 * The lattice that the strongest peaks of the autocorrelation lie on; undefined where they lie on none.
 *
 * @param detail height × width, zero on the mean
 */
export function latticeOf(detail: Plane, size: Size): Lattice | undefined {
  const surface = sharpAutocorrelation(detail, size)
  const peaks = peaksOf(surface)
  let best: Lattice | undefined
  for (const [i, first] of peaks.entries()) {
    for (const second of peaks.slice(i + 1)) {
      const lattice = judged(reduced(first.at, second.at), surface)
      if (lattice && lattice.score > (best?.score ?? 0)) best = lattice
    }
  }
  return best
}

/** For shifts (x, y), y ≥ 0: how much the correlation rises above that of shifts around, in standard deviations. */
interface Surface {
  readonly width: number
  readonly height: number
  /** x of the first column. */
  readonly left: number
  readonly values: Plane
}

function sharpAutocorrelation(detail: Plane, size: Size): Surface {
  const spectrum = emptySpectrum(powerOfTwo(size.width * (1 + MOST_SHIFT)), powerOfTwo(size.height * (1 + MOST_SHIFT)))
  for (let i = 0; i < detail.length; i++) {
    spectrum.re[Math.floor(i / size.width) * spectrum.width + (i % size.width)] = detail[i]
  }
  transform(spectrum)
  for (let i = 0; i < spectrum.re.length; i++) {
    spectrum.re[i] = spectrum.re[i] ** 2 + spectrum.im[i] ** 2
    spectrum.im[i] = 0
  }
  transform(spectrum, true)
  const [right, height] = [Math.floor(size.width * MOST_SHIFT), Math.floor(size.height * MOST_SHIFT) + 1]
  const width = 2 * right + 1
  const raw = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = -right; x <= right; x++) {
      const column = (x + spectrum.width) % spectrum.width
      // Fewer pixels meet at larger shifts: the mean over those that do.
      const meeting = (size.width - Math.abs(x)) * (size.height - y)
      raw[y * width + x + right] = spectrum.re[y * spectrum.width + column] / meeting
    }
  }
  return { width, height, left: -right, values: standardized(raw, { width, height }, -right) }
}

function standardized(raw: Plane, size: Size, left: number): Plane {
  const around = boxBlur(raw, size, 5)
  const apart = raw.map((value, i) => value - around[i])
  const isFar = (i: number) => Math.hypot((i % size.width) + left, Math.floor(i / size.width)) >= LEAST_SHIFT
  // The middle half of all shifts: peaks must not count as noise.
  const sorted = apart
    .filter((_, i) => isFar(i))
    .map(Math.abs)
    .toSorted()
  const deviation = (sorted[Math.floor(sorted.length / 2)] || 1e-6) * 1.4826
  return apart.map((value, i) => (isFar(i) ? value / deviation : 0))
}

function peaksOf({ width, height, left, values }: Surface): Peak[] {
  const peaks: Peak[] = []
  for (let y = 0; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const height = values[y * width + x]
      if (height < IS_PEAK || (y === 0 && x + left < 0)) continue
      const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => values[Math.abs(y + dy) * width + x + dx]))
      if (around.every((value) => value <= height)) peaks.push({ at: [x + left, y], height })
    }
  }
  return peaks.sort((a, b) => b.height - a.height).slice(0, MOST_PEAKS)
}

/** The shortest two shifts of the same lattice. Lagrange's and Gauss's reduction. */
function reduced(a: Vector, b: Vector): readonly [Vector, Vector] {
  let [short, long] = Math.hypot(...a) <= Math.hypot(...b) ? [a, b] : [b, a]
  for (let i = 0; i < 20; i++) {
    const times = Math.round((long[0] * short[0] + long[1] * short[1]) / (short[0] ** 2 + short[1] ** 2 || 1))
    const next: Vector = [long[0] - times * short[0], long[1] - times * short[1]]
    if (Math.hypot(...next) >= Math.hypot(...short)) return [short, next]
    ;[short, long] = [next, short]
  }
  return [short, long]
}

function judged(shifts: readonly [Vector, Vector], surface: Surface): Lattice | undefined {
  const [a, b] = refined(refined(shifts, surface), surface)
  const [lengthA, lengthB] = [Math.hypot(...a), Math.hypot(...b)]
  if (!(Math.min(lengthA, lengthB) >= LEAST_SHIFT)) return undefined
  if (!(Math.abs(a[0] * b[1] - a[1] * b[0]) >= LEAST_ANGLE * lengthA * lengthB)) return undefined
  const heights = nodesOf([a, b], surface).map(({ at }) => summitNear(at, surface).height)
  if (heights.length < 3) return undefined
  const confirmed = heights.filter((height) => height > IS_PEAK / 2).length / heights.length
  if (confirmed < LEAST_CONFIRMED) return undefined
  const mean = heights.reduce((sum, height) => sum + Math.min(height, 3 * IS_PEAK), 0) / heights.length
  return { a, b, score: confirmed * (1 - Math.exp(-mean / (IS_PEAK / 2))) }
}

/** The shifts that lie closest to the peaks at their sums: far ones tell small errors of the shifts. Least squares. */
function refined(shifts: readonly [Vector, Vector], surface: Surface): readonly [Vector, Vector] {
  let [mm, mn, nn, mx, nx, my, ny] = [0, 0, 0, 0, 0, 0, 0]
  for (const { at, m, n } of nodesOf(shifts, surface)) {
    const { at: peak, height } = summitNear(at, surface)
    if (height < IS_PEAK / 2) continue
    mm += m * m
    mn += m * n
    nn += n * n
    mx += m * peak[0]
    nx += n * peak[0]
    my += m * peak[1]
    ny += n * peak[1]
  }
  const determinant = mm * nn - mn * mn
  if (determinant < 1e-6) return shifts
  const solve = (p: number, q: number) => [(nn * p - mn * q) / determinant, (mm * q - mn * p) / determinant] as const
  const [[ax, bx], [ay, by]] = [solve(mx, nx), solve(my, ny)]
  return [
    [ax, ay],
    [bx, by],
  ]
}

interface Node {
  readonly at: Vector
  /** How many of the first and of the second shift lead there. */
  readonly m: number
  readonly n: number
}

/** All sums of both shifts that lie on the surface, the zero shift left out. */
function nodesOf([a, b]: readonly [Vector, Vector], { width, height, left }: Surface): Node[] {
  const nodes: Node[] = []
  for (let m = -6; m <= 6; m++) {
    for (let n = -6; n <= 6; n++) {
      const [x, y] = [m * a[0] + n * b[0], m * a[1] + n * b[1]]
      const isHalf = y > 0.5 || (y > -0.5 && x > 0)
      const isInside = y < height - NEAR - 2 && x > left + NEAR + 1 && x < left + width - NEAR - 2
      if (isHalf && isInside) nodes.push({ at: [x, y], m, n })
    }
  }
  return nodes
}

/** The highest place within two pixels, to a fraction of one by a parabola. */
function summitNear([x, y]: Vector, { width, left, values }: Surface): Peak {
  const value = (column: number, row: number) =>
    row < 0 ? values[-row * width - column - left] : values[row * width + column - left] // symmetric about zero
  let [top, row, column] = [Number.NEGATIVE_INFINITY, 0, 0]
  for (let dy = -NEAR; dy <= NEAR; dy++) {
    for (let dx = -NEAR; dx <= NEAR; dx++) {
      const [u, v] = [Math.round(x) + dx, Math.round(y) + dy]
      if (value(u, v) > top) [top, column, row] = [value(u, v), u, v]
    }
  }
  const between = (before: number, after: number) => {
    const bend = before - 2 * top + after
    return bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0
  }
  const across = between(value(column - 1, row), value(column + 1, row))
  const down = between(value(column, row - 1), value(column, row + 1))
  return { at: [column + across, row + down], height: top }
}
