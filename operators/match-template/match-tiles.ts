import { type Checkpoint, portion } from '../../core/progress'
import { ensureBytes, type Layout } from '../../core/wasm'
import { correlatePair, type PlacedTiles, prepareTiles, reserveTiles } from './correlate-tiles'
import type { Job, Matcher, Offsets, Placed } from './kernel'
import { choosePlan, type Plan, type TilePair, tilePairs } from './plan'
import { middleValues, templateStatistics } from './statistics'
import { finishPart, type Part, type PlacedSums, prepareValues, reserveSums } from './values'

// Measured over noise, photographs and screenshots: rounding errors are 0.8e-7 to 1.8e-7 of the root mean square of a
// tile's values, and the largest was 7.6e-7 of it.
const NOISE = 1.1e-6

/** Matches by Fourier transforms in 32-bit floats, and again in 64-bit floats where rounding could show. */
export function planTiles(layout: Layout, placed: Placed): Matcher {
  const { image, template, map } = placed
  const plan = choosePlan(image, template, image.channels)
  const sums = reserveSums(layout, image)
  const marks = reserveMarks(layout, plan, map.width)
  const tiles = reserveTiles(layout, plan, image.channels, false)
  return async (job, method, checkpoint) => {
    const statistics = templateStatistics(job)
    const offsets = { image: middleValues(job), template: statistics.map(({ mean }) => Math.fround(mean)) }
    const noise = NOISE * (await correlateAll(job, tiles, offsets, portion(checkpoint, 0, 0.6)))
    prepareValues(job, sums, method, statistics, offsets, noise)
    const weak = await finishAll(job, sums, plan, marks, portion(checkpoint, 0.6, 0.8))
    if (weak.length === 0) return
    const precise = reserveTiles(layout, plan, image.channels, true)
    ensureBytes(job.kernel, layout.bytes)
    await repeat(job, precise, sums, offsets, weak, portion(checkpoint, 0.8, 1))
  }
}

/** @returns the largest root mean square of any tile */
async function correlateAll(job: Job, tiles: PlacedTiles, offsets: Offsets, checkpoint: Checkpoint): Promise<number> {
  const pairs = tilePairs(tiles.plan, job.map)
  const part = (i: number) => portion(checkpoint, i / (pairs.length + 1), (i + 1) / (pairs.length + 1))
  await prepareTiles(job, tiles, offsets, part(0))
  let largest = 0
  for (const [i, pair] of pairs.entries())
    largest = Math.max(largest, await correlatePair(job, tiles, pair, part(i + 1)))
  return largest
}

/** For each row of tiles, upper half first, a byte for each four places across: is there a weak window? */
interface Marks {
  readonly at: number
  readonly rowBytes: number
  readonly rows: number
}

function reserveMarks(layout: Layout, plan: Plan, width: number): Marks {
  const rowBytes = Math.ceil(width / 4)
  return { at: layout.reserve(rowBytes * plan.down * 2), rowBytes, rows: plan.down * 2 }
}

/** @returns the pairs of tiles with weak windows */
async function finishAll(job: Job, sums: PlacedSums, plan: Plan, marks: Marks, checkpoint: Checkpoint) {
  const { width, height } = job.map
  const marked = new Uint8Array(job.kernel.memory.buffer, marks.at, marks.rowBytes * marks.rows).fill(0)
  const { half, down, step } = plan
  const rowOf = (y: number) => Math.floor(y < half ? y / step.height : down + (y - half) / step.height)
  const marksOf = (y: number) => marks.at + rowOf(y) * marks.rowBytes
  await finishPart(job, sums, { left: 0, top: 0, width, height }, marksOf, checkpoint)
  const isWeak = ({ left, width, top }: Part) => {
    const from = rowOf(top) * marks.rowBytes
    return marked.subarray(from + (left >> 2), from + ((left + width + 3) >> 2)).includes(1)
  }
  return tilePairs(plan, job.map).filter((pair) => partsOf(pair).some(isWeak))
}

async function repeat(
  job: Job,
  precise: PlacedTiles,
  sums: PlacedSums,
  offsets: Offsets,
  weak: readonly TilePair[],
  checkpoint: Checkpoint,
): Promise<void> {
  const part = (i: number) => portion(checkpoint, i / (weak.length + 1), (i + 1) / (weak.length + 1))
  await prepareTiles(job, precise, offsets, part(0))
  const marksOf = () => precise.columns // written over, since nobody asks again
  for (const [i, pair] of weak.entries()) {
    const whole = part(i + 1)
    await correlatePair(job, precise, pair, portion(whole, 0, 0.8))
    for (const [half, place] of partsOf(pair).entries()) {
      await finishPart(job, sums, place, marksOf, portion(whole, 0.8 + half / 10, 0.9 + half / 10))
    }
  }
}

function partsOf({ left, width, topA, rowsA, topB, rowsB }: TilePair): Part[] {
  const upper = { left, width, top: topA, height: rowsA }
  return rowsB > 0 ? [upper, { left, width, top: topB, height: rowsB }] : [upper]
}
