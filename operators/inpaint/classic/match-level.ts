import type { Kernel, Layout } from '../../../core/wasm'
import type { Exports } from './kernel'
import { areaOf, type Level, SLACK } from './levels'

const PATCH = 8
const TARGET = 1 // see assembly/marks.ts
const CELL_BYTES = 32 // see assembly/vote.ts
const FALLOFF = 1.3 // per pixel into the hole
const QUANTILE = 0.75 // of the costs, taken as the spread
const LEAST_SPREAD = 64
const ROWS = 32 // between checkpoints
const SMALLER = 1.5 / 4 // of a plane, enough for the next smaller level

/** What a patch counts by the depth of its middle, in thirds of a pixel. */
export const TRUST = Float32Array.from({ length: 256 }, (_, depth) => FALLOFF ** (-depth / 3))

/**
 * How each level is worked on, from the full size down; the last holds for all that are smaller. `guideWeight` is what a
 * squared difference from the guide counts: where structure is found, the smaller levels keep to the membrane's colours,
 * and the larger ones to the picture's edges. `rounds` of so many `sweeps` and a vote; `reach` of the random search,
 * pixels; patches on every `grid`-th pixel each way.
 */
const EFFORT = { guideWeight: [32, 256, 1024, 2048], rounds: [1, 2], sweeps: [2], reach: [64, 512], grid: [2] }

const pick = (list: readonly number[], l: number) => list[Math.min(l, list.length - 1)]

/** Addresses of what matching needs beside the level itself; what is needed of two levels at once comes twice. */
export interface Planes {
  readonly marks: number
  readonly depth: number
  readonly costs: number
  readonly trust: number
  readonly sums: number
  readonly fields: readonly [even: number, odd: number]
  readonly guides: readonly [even: number, odd: number]
}

/** @param largest the first level */
export function reservePlanes(layout: Layout, largest: Level): Planes {
  const plane = (bytes: number) => layout.reserve(Math.ceil(areaOf(largest) * bytes) + SLACK)
  return {
    marks: plane(1),
    depth: plane(1),
    costs: plane(4),
    trust: layout.reserve(TRUST.byteLength),
    sums: layout.reserve(largest.width * PATCH * CELL_BYTES + SLACK),
    fields: [plane(4), plane(4 * SMALLER)],
    guides: [plane(4), plane(4 * SMALLER)],
  }
}

/** What `matchLevel` counts in the end. */
export const sweptArea = (level: Level, l: number): number =>
  areaOf(level) * pick(EFFORT.rounds, l) * pick(EFFORT.sweeps, l)

/**
 * Matches and votes in turn.
 *
 * @param l 0 for the full size, 1 for half of it …
 * @param refine whether the next smaller level was matched
 * @param checkpoint told the pixels swept so far
 * @returns false when there is no patch to copy from
 */
export async function matchLevel(
  kernel: Kernel<Exports>,
  level: Level,
  l: number,
  planes: Planes,
  refine: boolean,
  checkpoint: (swept: number) => Promise<void>,
): Promise<boolean> {
  const { exports } = kernel
  const { pixels, hole, width, height } = level
  const { marks, depth, costs, trust, fields, guides } = planes
  exports.useLevel(pixels, hole, marks, fields[l % 2], costs, guides[l % 2], width, height, pick(EFFORT.grid, l))
  exports.useTables(depth, trust, pick(EFFORT.guideWeight, l))
  if (exports.markPatches() === 0) return false
  exports.distances(hole, width, height, depth)
  exports.scatter()
  if (refine) exports.refineField(fields[(l + 1) % 2], pick(EFFORT.grid, l + 1))
  let swept = 0
  for (let round = 0; round < pick(EFFORT.rounds, l); round++) {
    exports.updateCosts()
    for (let sweep = 0; sweep < pick(EFFORT.sweeps, l); sweep++) {
      for (let row = 0; row < height; row += ROWS) {
        await checkpoint(swept + row * width)
        const end = Math.min(height - PATCH + 1, row + ROWS)
        exports.sweep(row, end, sweep % 2 === 1, pick(EFFORT.reach, l))
      }
      swept += areaOf(level)
    }
    exports.vote(spreadOf(kernel, level, planes), planes.sums)
  }
  return true
}

/** The cost at which a patch counts less: relative to the others, as some levels are hard to match. */
function spreadOf({ memory }: Kernel<Exports>, level: Level, planes: Planes): number {
  const costs = new Int32Array(memory.buffer, planes.costs, areaOf(level))
  const marks = new Uint8Array(memory.buffer, planes.marks, areaOf(level))
  const sorted = costs.filter((_, i) => marks[i] === TARGET).sort()
  return Math.max(LEAST_SPREAD, sorted[Math.floor(sorted.length * QUANTILE)] ?? 0)
}
