import type { Box } from '../../core/crop'
import type { Raster, Size } from '../../core/raster'
import { components } from './components'
import { boxBlur, CHANNELS, dilate, type Plane, type Planes, planesOf, smoothedBy } from './planes'
import { boundsOf, distanceTo, type RotatedRect } from './rotated-rect'

/** Letters apart from what they stand on, in a part of the picture around a line of text. */
export interface Strokes {
  readonly box: Box
  /** All of these: one value a pixel of `box`. 1 on letters. */
  readonly ink: Uint8Array<ArrayBuffer>
  /** 1 in the line's rectangle. */
  readonly inside: Uint8Array<ArrayBuffer>
  readonly picture: Planes
  /** The picture as it would be without letters, estimated from around them. */
  readonly background: Planes
  /** How far the pixel is from the background along the letters' colour; about 1 on letters. */
  readonly strength: Plane
  /** Levels between letters and background: the length of the mean difference in RGB. */
  readonly contrast: number
}

const ROUNDS = 2 // a better background gives better letters, which give a better background
const IS_INK = 0.5 // of the mean strength of letters
const LEAST_INK = 12 // pixels

/** @returns undefined where nothing stands out */
export function strokesOf(image: Raster, rect: RotatedRect): Strokes | undefined {
  const box = around(image, rect)
  if (!box) return undefined
  const picture = planesOf(image, box)
  const inside = insideOf(box, rect)
  let ink = firstInk(picture, inside, box, Math.max(3, Math.round(rect.h / 2)))
  for (let round = 1; ink; round++) {
    const background = behind(picture, ink, box, Math.max(2, Math.round(rect.h / 5)))
    const { strength, contrast } = strengthOf(picture, background, ink)
    ink = inkOf(strength, inside, box)
    if (ink && round >= ROUNDS) return { box, ink, inside, picture, background, strength, contrast }
  }
  return undefined
}

/** The rectangle with as much room around it as it is high. */
function around(image: Raster, rect: RotatedRect): Box | undefined {
  const { x, y, w, h } = boundsOf({ ...rect, w: rect.w + 2 * rect.h, h: rect.h * 3 })
  const [left, top] = [Math.max(Math.floor(x), 0), Math.max(Math.floor(y), 0)]
  const width = Math.min(Math.ceil(x + w), image.width) - left
  const height = Math.min(Math.ceil(y + h), image.height) - top
  return width > 4 && height > 4 ? { x: left, y: top, width, height } : undefined
}

function insideOf({ x, y, width, height }: Box, rect: RotatedRect): Uint8Array<ArrayBuffer> {
  const inside = new Uint8Array(width * height)
  for (let i = 0; i < inside.length; i++) {
    const column = i % width
    inside[i] = Number(distanceTo(rect, x + column + 0.5, y + (i - column) / width + 0.5) <= 0)
  }
  return inside
}

/** Two classes along the colour that differs most; letters are the one there is less of outside. */
function firstInk(picture: Planes, inside: Uint8Array, box: Size, radius: number): Uint8Array<ArrayBuffer> | undefined {
  const apart = picture.map((plane) => difference(plane, boxBlur(plane, box, radius))) as unknown as Planes
  const [r, g, b] = mainDirection(apart, inside)
  const along = apart[0].map((value, i) => value * r + apart[1][i] * g + apart[2][i] * b)
  const threshold = otsu(along, inside)
  if (threshold === undefined) return undefined
  const [shareIn, shareOut] = [1, 0].map((side) => shareAbove(along, threshold, inside, side))
  const isAbove = shareIn - shareOut > 0 || (shareIn < 0.5 && shareIn - shareOut > -0.1)
  return Uint8Array.from(along, (value, i) => Number(inside[i] === 1 && value > threshold === isAbove))
}

const difference = (a: Plane, b: Plane): Plane => a.map((value, i) => value - b[i])

/** The first principal component of colours, by power iteration. */
function mainDirection(planes: Planes, inside: Uint8Array): readonly [number, number, number] {
  const covariance = CHANNELS.map((a) => CHANNELS.map((b) => sumWhere(inside, (i) => planes[a][i] * planes[b][i])))
  let direction = [0.577, 0.577, 0.577]
  for (let i = 0; i < 20; i++) {
    const next = covariance.map((row) => row[0] * direction[0] + row[1] * direction[1] + row[2] * direction[2])
    const length = Math.hypot(...next) || 1
    direction = next.map((value) => value / length)
  }
  return direction as unknown as [number, number, number]
}

function sumWhere(inside: Uint8Array, value: (i: number) => number): number {
  let sum = 0
  for (let i = 0; i < inside.length; i++) if (inside[i]) sum += value(i)
  return sum
}

const BINS = 128

/** The threshold with the greatest variance between both sides. Otsu, 1979. */
function otsu(values: Plane, inside: Uint8Array): number | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < values.length; i++) {
    if (!inside[i]) continue
    low = Math.min(low, values[i])
    high = Math.max(high, values[i])
  }
  if (!(high - low > 2)) return undefined // flat but for rounding
  const step = (high - low) / BINS
  const histogram = new Float64Array(BINS)
  for (let i = 0; i < values.length; i++) {
    if (inside[i]) histogram[Math.min(Math.floor((values[i] - low) / step), BINS - 1)]++
  }
  return low + step * (bestSplit(histogram) + 1)
}

function bestSplit(histogram: Float64Array): number {
  const total = histogram.reduce((sum, count) => sum + count, 0)
  const weighted = histogram.reduce((sum, count, bin) => sum + count * bin, 0)
  let [count, sum, best, split] = [0, 0, -1, 0]
  for (let bin = 0; bin < histogram.length - 1; bin++) {
    count += histogram[bin]
    sum += histogram[bin] * bin
    if (count === 0 || count === total) continue
    const between = count * (total - count) * (sum / count - (weighted - sum) / (total - count)) ** 2
    if (between > best) [best, split] = [between, bin]
  }
  return split
}

function shareAbove(values: Plane, threshold: number, inside: Uint8Array, side: number): number {
  let [above, count] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    if (inside[i] !== side) continue
    count++
    if (values[i] > threshold) above++
  }
  return count > 0 ? above / count : 0
}

function behind(picture: Planes, ink: Uint8Array, box: Size, radius: number): Planes {
  const grown = dilate(ink, box, 1)
  const counts = new Float32Array(grown.length)
  for (let i = 0; i < counts.length; i++) counts[i] = grown[i] ? 0 : 1
  return picture.map((plane) => smoothedBy(plane, counts, box, radius)) as unknown as Planes
}

function strengthOf(picture: Planes, background: Planes, ink: Uint8Array): { strength: Plane; contrast: number } {
  const count = sumWhere(ink, () => 1)
  const mean = CHANNELS.map((c) => sumWhere(ink, (i) => picture[c][i] - background[c][i]) / count)
  const square = mean.reduce((sum, value) => sum + value * value, 0) || 1
  const strength = new Float32Array(ink.length)
  for (const c of CHANNELS) {
    for (let i = 0; i < ink.length; i++) strength[i] += ((picture[c][i] - background[c][i]) * mean[c]) / square
  }
  return { strength, contrast: Math.sqrt(square) }
}

function inkOf(strength: Plane, inside: Uint8Array, box: Size): Uint8Array<ArrayBuffer> | undefined {
  const isInk = Uint8Array.from(strength, (value, i) => Number(inside[i] === 1 && value > IS_INK))
  const ink = new Uint8Array(isInk.length)
  let count = 0
  for (const component of components(isInk, box, 3)) {
    count += component.length
    for (const at of component) ink[at] = 1
  }
  return count >= LEAST_INK ? ink : undefined
}
