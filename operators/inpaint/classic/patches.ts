import type { Checkpoint } from '../../../core/progress'
import type { Raster } from '../../../core/raster'
import { ensureBytes, type Kernel, Layout } from '../../../core/wasm'
import { stretch } from './diffuse'
import { type Exports, kernels } from './kernel'
import { areaOf, type Level, reservePyramid, shrinkLevel } from './levels'
import { matchLevel, type Planes, reservePlanes, sweptArea, TRUST } from './match-level'

const SHORTEST_MATCHED = 24 // side of the smallest level that is matched: three patches
const THIN = 3 * 2 // thirds of a pixel: a hole no deeper needs no smaller level
const MOST_KNOWN = 2 // of four pixels, lest their mean be a hole
const TEXTURE_GAIN = 3
const SEED = 12345

/**
 * Fills a hole with patches of the picture, from coarse to fine (Wexler, Shechtman & Irani, "Space-time completion of
 * video", PAMI 2007), steered by what a membrane over the hole looks like from afar.
 *
 * @param image RGBA; the hole's colours are not used, its transparency is kept
 * @param hole 1 byte a pixel, 0 = known
 * @returns undefined when there is no whole patch to copy from
 */
export function fillByPatches(image: Raster, hole: Uint8Array, checkpoint: Checkpoint): Promise<Raster | undefined> {
  return kernels.use(0, async (kernel) => {
    const layout = new Layout()
    layout.reserve(kernel.exports.heapBase.value)
    const levels = reservePyramid(layout, image.width, image.height)
    const planes = reservePlanes(layout, levels[0])
    ensureBytes(kernel, layout.bytes)
    const bytes = () => new Uint8Array(kernel.memory.buffer, levels[0].pixels, image.data.length)
    bytes().set(image.data)
    new Uint8Array(kernel.memory.buffer, levels[0].hole, hole.length).set(hole)
    new Float32Array(kernel.memory.buffer, planes.trust, TRUST.length).set(TRUST)
    const filled = await fillLevels({ kernel, levels, planes, layout }, checkpoint)
    return filled ? merge(image, bytes(), hole) : undefined
  })
}

/** The colours of `filled` in the hole. */
function merge({ width, height, data }: Raster, filled: Uint8Array, hole: Uint8Array): Raster {
  const merged = data.slice()
  for (let i = 0; i < hole.length; i++) {
    if (hole[i]) for (let c = 4 * i; c < 4 * i + 3; c++) merged[c] = filled[c]
  }
  return { width, height, data: merged }
}

interface Work {
  readonly kernel: Kernel<Exports>
  readonly levels: readonly Level[]
  readonly planes: Planes
  /** Where memory is free. */
  readonly layout: Layout
}

/** @returns whether the first level was matched */
async function fillLevels({ kernel, levels, planes, layout }: Work, checkpoint: Checkpoint): Promise<boolean> {
  const { exports } = kernel
  const { pixels, hole, width, height } = levels[0]
  exports.measureTexture(pixels, hole, width, height, TEXTURE_GAIN)
  exports.seed(SEED)
  const coarsest = shrinkWhileDeep(kernel, levels, planes)
  const total = levels.slice(0, coarsest + 1).reduce((sum, level, l) => sum + sweptArea(level, l), 0)
  await stretch(kernel, levels.slice(coarsest), layout, () => checkpoint(0, total))
  let matched = false
  for (let l = coarsest, done = 0; l >= 0; done += sweptArea(levels[l], l), l--) {
    beginLevel(kernel, levels[l], levels[l + 1], l === coarsest, l, planes)
    const above = done
    matched = await matchLevel(kernel, levels[l], l, planes, matched, (swept) => checkpoint(above + swept, total))
  }
  await checkpoint(total, total)
  return matched
}

/** Makes smaller levels for as long as the hole is deep. @returns the index of the smallest */
function shrinkWhileDeep({ exports, memory }: Kernel<Exports>, levels: readonly Level[], { depth }: Planes): number {
  let l = 0
  for (; ; l++) {
    const next = levels[l + 1]
    if (!next || Math.min(next.width, next.height) < SHORTEST_MATCHED) return l
    exports.distances(levels[l].hole, levels[l].width, levels[l].height, depth)
    if (!new Uint8Array(memory.buffer, depth, areaOf(levels[l])).some((d) => d > THIN)) return l
    shrinkLevel(exports, levels[l], next, MOST_KNOWN)
  }
}

/** Fills the hole roughly and makes the guide: both from the next smaller level, where there is one. */
function beginLevel(
  { exports, memory }: Kernel<Exports>,
  level: Level,
  smaller: Level | undefined,
  coarsest: boolean,
  l: number,
  { guides }: Planes,
): void {
  const guide = guides[l % 2]
  if (coarsest || !smaller) {
    new Uint8Array(memory.buffer).copyWithin(guide, level.pixels, level.pixels + 4 * areaOf(level))
    return
  }
  exports.enlarge(guides[(l + 1) % 2], guide, 0, level.width, level.height)
  exports.enlarge(smaller.pixels, level.pixels, level.hole, level.width, level.height)
}
