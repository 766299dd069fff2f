import type { Checkpoint } from '../../../core/progress'
import type { Raster } from '../../../core/raster'
import { ensureBytes, type Kernel, Layout } from '../../../core/wasm'
import { holeOf } from './hole'
import { type Exports, kernels } from './kernel'
import { areaOf, type Level, reservePyramid, shrinkLevel } from './levels'

const BAND = 3 * 16 // thirds of a pixel: deeper in the hole the next smaller level is exact enough
const EVERYTHING = 255
const FINE = { sweeps: 10, omega: 1.5 }
const COARSEST = { sweeps: 60, omega: 1.7 }

/**
 * Fills the hole with a membrane stretched from its rim: Laplace's equation, its error below one gray level next to the
 * rim. Solved from coarse to fine (Bornemann & Deuflhard, "The cascadic multigrid method for elliptic problems", 1996).
 *
 * @param mask width × height bytes; 128 and more is the hole
 * @param checkpoint called between levels
 * @returns a new picture, equal outside the hole; the same as `image` where nothing is known
 * @throws ToolError invalid-input for a mask of another size, too-large when memory is short
 */
export async function diffuse(
  image: Raster,
  mask: Uint8Array,
  checkpoint: Checkpoint = async () => {},
): Promise<Raster> {
  const hole = holeOf(image, mask)
  const data = image.data.slice()
  if (!hole.includes(0) || !hole.includes(1)) return { ...image, data }
  return kernels.use(0, async (kernel) => {
    const layout = new Layout()
    layout.reserve(kernel.exports.heapBase.value)
    const levels = reservePyramid(layout, image.width, image.height)
    ensureBytes(kernel, layout.bytes)
    new Uint8Array(kernel.memory.buffer, levels[0].hole, hole.length).set(hole)
    new Uint8Array(kernel.memory.buffer, levels[0].pixels, data.length).set(data)
    await stretch(kernel, levels, layout, checkpoint)
    data.set(new Uint8Array(kernel.memory.buffer, levels[0].pixels, data.length))
    return { ...image, data }
  })
}

/** Makes the smaller levels of the first one and fills the holes of all. @param layout where memory is free */
export async function stretch(
  kernel: Kernel<Exports>,
  levels: readonly Level[],
  layout: Layout,
  checkpoint: Checkpoint,
): Promise<void> {
  for (let l = 1; l < levels.length; l++) shrinkLevel(kernel.exports, levels[l - 1], levels[l], 1)
  for (let l = levels.length - 1; l >= 0; l--) {
    await checkpoint(levels.length - 1 - l, levels.length)
    const level = levels[l]
    const small = levels[l + 1]
    if (small) kernel.exports.enlarge(small.pixels, level.pixels, level.hole, level.width, level.height)
    solve(kernel, level, layout, small ? BAND : EVERYTHING, small ? FINE : COARSEST)
  }
}

function solve(
  kernel: Kernel<Exports>,
  level: Level,
  { bytes: free }: Layout,
  band: number,
  { sweeps, omega }: { readonly sweeps: number; readonly omega: number },
): void {
  const { width, height, pixels, hole } = level
  const layout = new Layout()
  layout.reserve(free)
  const depth = layout.reserve(areaOf(level))
  const cells = layout.reserve(4 * areaOf(level))
  ensureBytes(kernel, layout.bytes)
  const { exports } = kernel
  exports.distances(hole, width, height, depth)
  const unknown = exports.numberCells(depth, areaOf(level), band, cells)
  const all = exports.collect(depth, width, height, band, cells, unknown)
  const values = layout.reserve(16 * all)
  const neighbours = layout.reserve(16 * unknown)
  ensureBytes(kernel, layout.bytes)
  exports.linkCells(pixels, width, height, cells, unknown, values, neighbours)
  for (let sweep = 0; sweep < sweeps; sweep++) exports.relax(values, neighbours, unknown, omega)
  exports.writeBack(pixels, areaOf(level), cells, unknown, values)
}
