import { type Box, crop as cropped } from '../../../core/crop'
import type { ModelRunner } from '../../../core/ports'
import { resize } from '../../../core/preprocess/resize'
import { portion } from '../../../core/progress'
import type { Raster, Size } from '../../../core/raster'
import { boundsOf } from '../holes'
import { cropMask, type Mask, resizeMask, toHole } from '../mask'
import { thickness } from '../thickness'
import { withDetail } from './detail'
import type { FillContext, Filler } from './engine'
import { mirrored, mirroredMask } from './mirror'

/** A network that fills holes of a window. */
export interface Network {
  readonly model: string
  /** Longest side of its input, pixels. */
  readonly side: number
  /** Shortest side of the part of a picture that it should see, pixels, where the picture has as many. */
  readonly least: number
  /** The thickest hole that it fills well, pixels of its input; a thicker one is shown to it smaller. */
  readonly thickest: number
  /** The input for a part of a picture no larger than `side`. */
  inputFor(part: Size): Size
  /** @param window opaque, of the size that `inputFor` gave */
  run(window: Raster, hole: Mask, models: ModelRunner): Promise<Raster>
}

/** Pixels of known picture that a window has on each side of what is filled in it. */
const CONTEXT = 64

export function fillerOf(network: Network): Filler {
  return {
    model: network.model,
    side: network.least,
    async fill(crop, hole, ctx) {
      const scale = Math.min(1, network.thickest / thickness(hole))
      if (scale < 1) return fillSmaller(crop, hole, scale, network, ctx)
      const picture = opaque(crop)
      return { picture, scale, modelRuns: await fillWindows(picture, copyOf(hole), network, ctx) }
    },
  }
}

/** How much of the work is done when the model has run. */
const FILLED = 0.8

/** At a smaller scale, then enlarged and given the fine detail of the surroundings. */
async function fillSmaller(crop: Raster, hole: Mask, scale: number, network: Network, ctx: FillContext) {
  const { models, checkpoint } = ctx
  const size = { width: scaled(crop.width, scale), height: scaled(crop.height, scale) }
  const small = await resize(opaque(crop), size)
  // By area, so that every pixel into which a bit of the hole has flown is made anew.
  const smallHole = toHole(await resizeMask(hole, size))
  const filling = { models, checkpoint: portion(checkpoint, 0, FILLED) }
  const modelRuns = await fillWindows(small, copyOf(smallHole), network, filling)
  const enlarged = { small, smallHole, large: await resize(small, crop) }
  return { picture: await withDetail(crop, hole, enlarged, portion(checkpoint, FILLED, 1)), scale, modelRuns }
}

const copyOf = (mask: Mask): Mask => ({ ...mask, data: mask.data.slice() })

const scaled = (length: number, scale: number) => Math.max(1, Math.round(length * scale))

/** Colours count in full where the picture is clear: networks see no alpha. */
function opaque({ width, height, data }: Raster): Raster {
  const copy = data.slice()
  for (let i = 3; i < copy.length; i += 4) copy[i] = 255
  return { width, height, data: copy }
}

/**
 * Fills the hole of a picture, in place; one larger than a window part by part, where each sees what was filled before.
 *
 * @param hole cleared on the way
 * @returns how often the model ran
 */
async function fillWindows(picture: Raster, hole: Mask, network: Network, { models, checkpoint }: FillContext) {
  const parts = partsOf(hole, network.side)
  for (const [i, part] of parts.entries()) {
    await checkpoint(i, parts.length)
    const window = windowOf(part, picture, network.side)
    const input = network.inputFor(window)
    const shown = mirrored(cropped(picture, window), input)
    const filled = await network.run(shown, mirroredMask(cropMask(hole, window), input), models)
    take(filled, part, window, picture, hole)
  }
  return parts.length
}

/** The parts of a hole that are filled one after the other: all of it, where a window holds it with context. */
function partsOf(hole: Mask, side: number): Box[] {
  const bounds = boundsOf(hole, { x: 0, y: 0, width: hole.width, height: hole.height })
  if (!bounds) return []
  const most = side - 2 * CONTEXT
  const [columns, rows] = [Math.ceil(bounds.width / most), Math.ceil(bounds.height / most)]
  const [width, height] = [Math.ceil(bounds.width / columns), Math.ceil(bounds.height / rows)]
  const grid = Array.from({ length: columns * rows }, (_, i) => ({
    x: bounds.x + (i % columns) * width,
    y: bounds.y + Math.floor(i / columns) * height,
  }))
  return grid.flatMap(({ x, y }) => boundsOf(hole, { x, y, width, height }) ?? [])
}

function windowOf(part: Box, { width, height }: Size, side: number): Box {
  const size = { width: Math.min(side, width), height: Math.min(side, height) }
  const from = (start: number, length: number, taken: number, most: number) =>
    Math.min(Math.max(Math.round(start + (length - taken) / 2), 0), most - taken)
  return { x: from(part.x, part.width, size.width, width), y: from(part.y, part.height, size.height, height), ...size }
}

/** Takes over what was filled within the part; from then on it is known. */
function take(filled: Raster, part: Box, window: Box, picture: Raster, hole: Mask): void {
  for (let y = part.y; y < part.y + part.height; y++) {
    for (let x = part.x; x < part.x + part.width; x++) {
      const to = y * hole.width + x
      if (hole.data[to] === 0) continue
      const from = (y - window.y) * filled.width + x - window.x
      for (let channel = 0; channel < 3; channel++) picture.data[to * 4 + channel] = filled.data[from * 4 + channel]
      hole.data[to] = 0
    }
  }
}
