import { type Box, crop } from '../../core/crop'
import type { Raster } from '../../core/raster'
import { grow } from './grow'
import { cropMask, type Mask, toHole } from './mask'

/** How well a filling fits its surroundings, without knowing what was there; each 0..1, 1 fits best. */
export interface Scores {
  /** Steps at the rim of the hole beside those in it and around it. */
  readonly seam: number
  /** Fine detail in the hole beside that around it. */
  readonly blur: number
  /** Likeness of the small patterns in the hole to those around it. */
  readonly texture: number
  /** The geometric mean of the three: one bad trait is not made good by two others. */
  readonly total: number
}

/** How far around a hole its surroundings reach, pixels. */
const AROUND = 16

const OUTSIDE = 0
const RING = 1
const RIM = 2
const INNER = 3

/**
 * Scores the fillings of a picture, each hole counting by its pixels.
 *
 * @param touched all that was filled or blended: not 0
 * @param rim width of the band at the edge of a hole in which filling and picture meet, pixels
 * @param holes boxes around what was touched
 */
export function scoreFilling(picture: Raster, touched: Mask, holes: readonly Box[], rim: number): Scores {
  let [seam, blur, texture, weight] = [0, 0, 0, 0]
  for (const hole of holes) {
    const zone = surroundings(hole, picture)
    const made = scoreZone(crop(picture, zone), zonesOf(cropMask(touched, zone), rim))
    seam += made.seam * made.pixels
    blur += made.blur * made.pixels
    texture += made.texture * made.pixels
    weight += made.pixels
  }
  const scores = weight > 0 ? [seam / weight, blur / weight, texture / weight] : [1, 1, 1]
  const [a, b, c] = scores.map((score) => Math.round(score * 1000) / 1000)
  return { seam: a, blur: b, texture: c, total: Math.round(Math.cbrt(a * b * c) * 1000) / 1000 }
}

function surroundings({ x, y, width, height }: Box, picture: Raster): Box {
  const [left, top] = [Math.max(0, x - AROUND), Math.max(0, y - AROUND)]
  const right = Math.min(picture.width, x + width + AROUND)
  const bottom = Math.min(picture.height, y + height + AROUND)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** What each pixel is: in the hole, at its rim, around it, or too far away. */
function zonesOf(touched: Mask, rim: number): Mask {
  const hole = toHole(touched)
  const known = { ...hole, data: hole.data.map((value) => 255 - value) }
  const near = grow(hole, AROUND, 0)
  const inward = grow(known, rim + 1, 0)
  const data = new Uint8Array(hole.data.length)
  for (let i = 0; i < data.length; i++) {
    if (hole.data[i]) data[i] = inward.data[i] ? RIM : INNER
    else data[i] = near.data[i] ? RING : OUTSIDE
  }
  return { ...touched, data }
}

function scoreZone(picture: Raster, zones: Mask) {
  const { byZone, edge } = measure(picture, zones)
  const [ring, rim, inner] = [RING, RIM, INNER].map((zone) => byZone[zone])
  const filled = together(rim, inner)
  // One gray level more on both sides: where all is flat, noise must not decide.
  const beside = together(ring, inner)
  const atRim = Math.max(rim.steps / Math.max(rim.pixels, 1), edge)
  const step = (atRim + 1) / (beside.steps / Math.max(beside.pixels, 1) + 1)
  if (ring.pixels === 0 || filled.pixels === 0) return { seam: 0, blur: 0, texture: 0, pixels: 0 }
  const detail = (Math.sqrt(filled.curvature / filled.pixels) + 1) / (Math.sqrt(ring.curvature / ring.pixels) + 1)
  return {
    seam: Math.min(step, 1 / step),
    blur: Math.min(detail, 1),
    texture: likeness(filled, ring),
    pixels: filled.pixels,
  }
}

interface Measured {
  pixels: number
  /** Sum of the differences to the pixels to the right and below, gray levels. */
  steps: number
  /** Sum of the squared Laplacian. */
  curvature: number
  /** How often each pattern occurs. */
  readonly patterns: Float64Array
}

const PATTERNS = 10
const nothing = (): Measured => ({ pixels: 0, steps: 0, curvature: 0, patterns: new Float64Array(PATTERNS) })

/**
 * By zone, and the mean step over the very edge of the hole as if it counted twice, since two go to each pixel. Steps are compared across an edge and beside it as Wang, Sheikh & Bovik do in "No-reference perceptual quality
 * assessment of JPEG compressed images", ICIP 2002; the energy of the Laplacian is the focus measure of Pech-Pacheco et al.,
 * "Diatom autofocusing in brightfield microscopy", ICPR 2000; patterns are those of Ojala, Pietikäinen & Mäenpää,
 * "Multiresolution gray-scale and rotation invariant texture classification with local binary patterns", TPAMI 2002.
 */
function measure(picture: Raster, zones: Mask) {
  const { width, height } = picture
  const gray = luma(picture)
  const byZone = [OUTSIDE, RING, RIM, INNER].map(nothing)
  const edges = { steps: 0, count: 0 }
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x
      const kind = zones.data[at]
      if (kind === OUTSIDE) continue
      const zone = byZone[kind]
      const here = gray[at]
      const [right, below] = [gray[at + 1], gray[at + width]]
      const [across, down] = [Math.abs(right - here), Math.abs(below - here)]
      zone.pixels += 1
      zone.steps += across + down
      zone.curvature += (gray[at - 1] + right + gray[at - width] + below - 4 * here) ** 2
      zone.patterns[patternAt(gray, at, width)] += 1
      if (isHole(zones.data[at + 1]) !== isHole(kind)) {
        edges.steps += across
        edges.count += 1
      }
      if (isHole(zones.data[at + width]) !== isHole(kind)) {
        edges.steps += down
        edges.count += 1
      }
    }
  }
  return { byZone, edge: (2 * edges.steps) / Math.max(edges.count, 1) }
}

const isHole = (zone: number) => zone >= RIM

function luma({ data }: Raster): Float32Array {
  const gray = new Float32Array(data.length / 4)
  for (let i = 0; i < gray.length; i++) {
    gray[i] = 0.299 * data[i * 4] + 0.587 * data[i * 4 + 1] + 0.114 * data[i * 4 + 2]
  }
  return gray
}

/** How many neighbours are not darker, where those lie side by side; 9 for all other patterns. */
function patternAt(gray: Float32Array, at: number, width: number): number {
  const here = gray[at]
  // A bit for each neighbour, clockwise from the upper left.
  const bits =
    Number(gray[at - width - 1] >= here) |
    (Number(gray[at - width] >= here) << 1) |
    (Number(gray[at - width + 1] >= here) << 2) |
    (Number(gray[at + 1] >= here) << 3) |
    (Number(gray[at + width + 1] >= here) << 4) |
    (Number(gray[at + width] >= here) << 5) |
    (Number(gray[at + width - 1] >= here) << 6) |
    (Number(gray[at - 1] >= here) << 7)
  return PATTERN_OF[bits]
}

const PATTERN_OF = Uint8Array.from({ length: 256 }, (_, bits) => {
  const turned = ((bits << 1) | (bits >> 7)) & 255
  return ones(bits ^ turned) <= 2 ? ones(bits) : PATTERNS - 1
})

function ones(bits: number): number {
  let count = 0
  for (let left = bits; left > 0; left >>= 1) count += left & 1
  return count
}

const together = (a: Measured, b: Measured): Measured => ({
  pixels: a.pixels + b.pixels,
  steps: a.steps + b.steps,
  curvature: a.curvature + b.curvature,
  patterns: a.patterns.map((count, i) => count + b.patterns[i]),
})

/** Histogram intersection, 0..1. */
const likeness = (a: Measured, b: Measured): number =>
  a.patterns.reduce((sum, count, i) => sum + Math.min(count / a.pixels, b.patterns[i] / b.pixels), 0)
