import type { Size } from '../../core/raster'

/** A Fourier transform the kernel has: n = radix · 4^k, at least 16. */
export interface Transform {
  readonly n: number
  /** Of the first step; 1 when all steps are of radix 4. */
  readonly radix: 1 | 2 | 3 | 5
}

/** How the map is cut into overlap-save tiles. Each tile is a pair: one from the upper half of the map, one from the lower. */
export interface Plan {
  readonly row: Transform
  readonly column: Transform
  /** Places of the map in one tile. */
  readonly step: Size
  /** Number of tile pairs across and down. */
  readonly across: number
  readonly down: number
  /** Rows of the map in the upper half: as many as in the lower, or one more. */
  readonly half: number
}

/** Two tiles of the map that are worked out together: `rowsB` is `rowsA`, or less where the lower half ends. */
export interface TilePair {
  readonly left: number
  readonly width: number
  readonly topA: number
  readonly rowsA: number
  readonly topB: number
  readonly rowsB: number
}

/** All pairs of a plan, by rows. */
export function tilePairs({ step, across, down, half }: Plan, map: Size): TilePair[] {
  return Array.from({ length: across * down }, (_, i) => {
    const left = (i % across) * step.width
    const topA = Math.floor(i / across) * step.height
    const rowsA = Math.min(step.height, half - topA)
    const topB = topA + half
    return {
      left,
      width: Math.min(step.width, map.width - left),
      topA,
      rowsA,
      topB,
      rowsB: Math.min(rowsA, map.height - topB),
    }
  })
}

/** The plan that should take the least time. */
export function choosePlan(image: Size, template: Size, channels: number): Plan {
  const map = { width: image.width - template.width + 1, height: image.height - template.height + 1 }
  let best: Plan | undefined
  let least = Number.POSITIVE_INFINITY
  for (const row of transforms(template.width, image.width)) {
    for (const column of transforms(template.height, image.height)) {
      const plan = makePlan(row, column, map, template)
      const cost = costOf(plan, template, channels)
      if (cost >= least) continue
      best = plan
      least = cost
    }
  }
  if (!best) throw new RangeError(`no transform fits ${image.width}×${image.height}`)
  return best
}

function makePlan(row: Transform, column: Transform, map: Size, template: Size): Plan {
  const half = Math.ceil(map.height / 2)
  const step = { width: row.n - template.width + 1, height: column.n - template.height + 1 }
  return { row, column, step, half, across: Math.ceil(map.width / step.width), down: Math.ceil(half / step.height) }
}

/** All that hold the template, up to the first that holds the whole image. */
function transforms(least: number, whole: number): Transform[] {
  const all = RADICES.flatMap((radix) => POWERS.map((power) => ({ n: radix * power, radix })))
  const sorted = all.filter(({ n }) => n >= least).sort((a, b) => a.n - b.n)
  const enough = sorted.findIndex(({ n }) => n >= whole)
  return enough < 0 ? sorted : sorted.slice(0, enough + 1)
}

const RADICES = [1, 2, 3, 5] as const
const POWERS = [16, 64, 256, 1024, 4096, 16384]

/** Of all transforms, in units of one radix-4 step on one point; more where tile and spectrum outgrow the cache. */
function costOf({ row, column, across, down, half }: Plan, template: Size, channels: number): number {
  const tiles = across * down
  const rowsIn = (half + down * (template.height - 1)) / 4
  const rows = (rowsIn * channels + half / 4) * across * transformCost(row)
  const columns = tiles * (row.n / 4) * (channels + 1) * transformCost(column)
  const spectrum = channels * ((template.height / 4) * transformCost(row) + (row.n / 4) * transformCost(column))
  const bytes = row.n * column.n * 8 * channels * 2
  return (rows + columns + spectrum) * (1 + DOUBLING_COST * Math.log2(Math.max(1, bytes / CACHE_BYTES)))
}

const CACHE_BYTES = 2 ** 20
const DOUBLING_COST = 0.08

function transformCost({ n, radix }: Transform): number {
  return n * (Math.log2(n / radix) / 2 + RADIX_COST[radix])
}

const RADIX_COST = { 1: 0, 2: 0.6, 3: 0.95, 5: 1.5 }

/**
 * The twiddles of all steps of a transform but the last, in the order the kernel reads them.
 *
 * @returns pairs of cos and sin of -2π·j·k / span; for each step, for each j < span / radix, for k = 1 … radix - 1
 */
export function twiddles({ n, radix }: Transform): Float64Array {
  const table: number[] = []
  for (const [span, steps] of stepsOf(n, radix)) {
    for (let j = 0; j < span / steps; j++) {
      for (let k = 1; k < steps; k++) {
        const angleRad = (-2 * Math.PI * j * k) / span
        table.push(Math.cos(angleRad), Math.sin(angleRad))
      }
    }
  }
  return Float64Array.from(table)
}

function stepsOf(n: number, radix: number): [span: number, radix: number][] {
  const steps: [number, number][] = radix > 1 ? [[n, radix]] : []
  for (let span = n / radix; span > 4; span /= 4) steps.push([span, 4])
  return steps
}
