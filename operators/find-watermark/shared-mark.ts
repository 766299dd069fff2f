import { type Box, crop } from '../../core/crop'
import { resize } from '../../core/preprocess/resize'
import type { Checkpoint } from '../../core/progress'
import type { Raster, Size } from '../../core/raster'
import { diffuse } from '../inpaint/classic/diffuse'
import { components } from './components'
import { agreement, type Gradients, gradientsOf, medianOf } from './gradients'
import { LEAST_PICTURES } from './kinds'
import { matteOf } from './matte'
import { CHANNELS, dilate, grayOf, type Planes, planesOf } from './planes'
import { integrate } from './poisson'
import { boundsOf, enlarged, type Shape } from './shape'

/** Where the common part of pictures of different sizes lies: 0 left or top, 0.5 middle, 1 right or bottom. */
export type Anchor = readonly [across: number, down: number]

/** What several pictures were blended with: picture = (1 − alpha) · scene + alpha · color. */
export interface SharedMark {
  /** Of the part that all pictures have in common. */
  readonly size: Size
  readonly anchor: Anchor
  /** The mark in that part. */
  readonly box: Box
  /** One value for each pixel of `box`, 0..1; 0 beside the mark. */
  readonly alpha: Float32Array<ArrayBuffer>
  /** Red, green and blue for each pixel of `box`, 0..255. */
  readonly color: Planes
  /** How alike the pictures' edges are on the mark, 0..1. */
  readonly score: number
}

const CORNERS: readonly Anchor[] = [0, 1].flatMap((across) => [0, 1].map((down): Anchor => [across, down]))
/** The corners, then the middle. */
export const ANCHORS: readonly Anchor[] = [...CORNERS, [0.5, 0.5]]
const IS_ALIKE = 0.35
const MOST_ALIKE = 0.5 // share of the picture: more of it is alike when all show the same scene
const LEAST_AREA = 60 // pixels
const LEAST_SIDE = 32
const SEEN_SIDE = 1024 // pixels: where the mark is shows at this size; what it is, at its own
const MOST_PIXELS = 12e6 // of the mark's box in all pictures: each takes some fifty bytes

/**
 * Estimates what several pictures have in common: a mark at the same place, of the same size. Edges that agree are the
 * mark's; the median of them, integrated, is its shape; how much of each scene still shows through is its opacity.
 *
 * @param pictures three or more; where sizes differ, the mark is looked for at the same distance from a corner or
 *   the middle
 * @returns undefined where the pictures have no mark in common, or show the same scene, in which nothing stands out; where
 *   the mark is too large to be kept in memory for all of them
 * @throws RangeError for fewer than three pictures
 * @see Dekel et al., "On the effectiveness of visible watermarks", CVPR 2017
 */
export async function estimateMark(
  pictures: readonly Raster[],
  checkpoint: Checkpoint = async () => {},
): Promise<SharedMark | undefined> {
  if (pictures.length < LEAST_PICTURES) throw new RangeError(`A shared mark needs ${LEAST_PICTURES} pictures`)
  const size = commonSize(pictures)
  if (Math.min(size.width, size.height) < LEAST_SIDE) return undefined
  const isSame = pictures.every(({ width, height }) => width === size.width && height === size.height)
  let best: Alike | undefined
  for (const [i, anchor] of (isSame ? ANCHORS.slice(0, 1) : ANCHORS).entries()) {
    await checkpoint(i, 6)
    const found = await alikeOf(pictures, size, anchor)
    if (found && found.score * found.area > (best?.score ?? 0) * (best?.area ?? 0)) best = found
  }
  if (!best || best.box.width * best.box.height * pictures.length > MOST_PIXELS) return undefined
  await checkpoint(5, 6)
  return markOf(pictures, size, best)
}

const commonSize = (pictures: readonly Raster[]): Size => ({
  width: Math.min(...pictures.map(({ width }) => width)),
  height: Math.min(...pictures.map(({ height }) => height)),
})

/** The common part of a picture, in its pixels. */
export const commonPart = (picture: Size, { width, height }: Size, [across, down]: Anchor): Box => ({
  x: Math.round((picture.width - width) * across),
  y: Math.round((picture.height - height) * down),
  width,
  height,
})

/** The ink is where the pictures are alike, or near there: not 0. */
interface Alike extends Shape {
  readonly anchor: Anchor
  readonly area: number
  readonly score: number
}

async function alikeOf(pictures: readonly Raster[], whole: Size, anchor: Anchor): Promise<Alike | undefined> {
  const times = Math.min(SEEN_SIDE / Math.max(whole.width, whole.height), 1)
  const size = { width: Math.round(whole.width * times), height: Math.round(whole.height * times) }
  const gradients: Gradients[] = []
  for (const picture of pictures) {
    const part = crop(picture, commonPart(picture, whole, anchor))
    gradients.push(gradientsOf(grayOf(times < 1 ? await resize(part, size) : part), size))
  }
  const radius = Math.round(Math.min(Math.max(Math.min(size.width, size.height) / 60, 4), 12))
  const alike = agreement(gradients, size, radius)
  const isAlike = Uint8Array.from(alike, (value) => Number(value > IS_ALIKE))
  const regions = components(isAlike, size, Math.max(LEAST_AREA, (2 * radius) ** 2))
  const area = regions.reduce((sum, { length }) => sum + length, 0)
  if (area === 0 || area > MOST_ALIKE * alike.length) return undefined
  const score = regions.reduce((sum, region) => sum + region.reduce((part, i) => part + alike[i], 0), 0) / area
  const box = boxAround(regions, size, 2 * radius)
  const region = new Uint8Array(alike.length)
  for (const pixels of regions) for (const i of pixels) region[i] = 1
  const near = cropMask(dilate(region, size, radius), size, box)
  const seen = { box, ink: near }
  return { anchor, area, score, ...(times < 1 ? enlarged(seen, size, whole, 0) : seen) }
}

function cropMask(mask: Uint8Array, { width }: Size, box: Box): Uint8Array<ArrayBuffer> {
  const part = new Uint8Array(box.width * box.height)
  for (let y = 0; y < box.height; y++) {
    const from = (box.y + y) * width + box.x
    part.set(mask.subarray(from, from + box.width), y * box.width)
  }
  return part
}

function boxAround(regions: readonly Int32Array[], { width, height }: Size, margin: number): Box {
  const box = boundsOf(regions, width)
  const [x, y] = [Math.max(box.x - margin, 0), Math.max(box.y - margin, 0)]
  const [right, bottom] = [box.x + box.width + margin, box.y + box.height + margin]
  return { x, y, width: Math.min(right, width) - x, height: Math.min(bottom, height) - y }
}

async function markOf(pictures: readonly Raster[], size: Size, found: Alike): Promise<SharedMark | undefined> {
  const { box, anchor, score, ink } = found
  const parts = pictures.map((picture) => crop(crop(picture, commonPart(picture, size, anchor)), box))
  const shape = ownPixelsOf(parts, ink)
  if (!shape) return undefined
  const hole = dilate(shape, box, 2)
  const scenes = await Promise.all(parts.map((part) => diffuse(part, hole)))
  const whole = { x: 0, y: 0, width: box.width, height: box.height }
  const matte = matteOf(
    parts.map((part) => planesOf(part, whole)),
    scenes.map((scene) => planesOf(scene, whole)),
    { shape, hole },
    box,
  )
  return matte && { size, anchor, box, score, ...matte }
}

const IS_SHAPE = 0.3 // of the strongest difference
const LEAST_STRENGTH = 4 // levels

/** The mark's own pixels: where the integrated median of all gradients is far from what is around the mark. */
function ownPixelsOf(parts: readonly Raster[], near: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const size = parts[0]
  const whole = { x: 0, y: 0, width: size.width, height: size.height }
  const planes = parts.map((part) => planesOf(part, whole))
  const differences = CHANNELS.map((c) => {
    const gradients = planes.map((channels) => gradientsOf(channels[c], size))
    const median = { x: medianOf(gradients.map(({ x }) => x)), y: medianOf(gradients.map(({ y }) => y)) }
    return integrate(median, size)
  })
  const strength = differences[0].map((value, i) => Math.hypot(value, differences[1][i], differences[2][i]))
  const sorted = strength.filter((_, i) => near[i] > 0).toSorted()
  const least = Math.max(IS_SHAPE * sorted[Math.floor(sorted.length * 0.97)], LEAST_STRENGTH)
  const isShape = Uint8Array.from(strength, (value, i) => Number(near[i] > 0 && value > least))
  const shape = new Uint8Array(isShape.length)
  for (const component of components(isShape, size, 6)) for (const i of component) shape[i] = 1
  return shape.includes(1) ? shape : undefined
}
