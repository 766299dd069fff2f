import { resize } from '../../core/preprocess/resize'
import type { Raster, Size } from '../../core/raster'
import type { Candidate } from './candidate'
import { foldOf } from './fold'
import { type Lattice, latticeOf } from './lattice'
import { boxBlur, grayOf, type Plane } from './planes'

const MOST_SIDE = 768 // pixels: repeated marks are far larger than a pixel
const REACH = 6 // of the neighbourhood that a pixel is compared with, pixels
const FLOOR = 3 // levels: flat places are not blown up
const LEAST_REPEATS = 6 // of a tile in the picture
const MOST_APART = 60 // levels
const IS_SURE = 3 // standard errors by which a place in the tile differs from its neighbourhood
const IS_INK = 0.28 // of how far the mark's strongest places differ
const LEAST_INK = 0.02 // share of the tile
const MOST_INK = 0.45

/**
 * A mark that is repeated all over the picture, in rows or staggered, in any direction. What repeats to the pixel shows
 * as peaks of the autocorrelation; folded by that, the scene averages out, and what stays is the mark's tile.
 */
export async function findPattern(image: Raster): Promise<Candidate[]> {
  const times = Math.min(MOST_SIDE / Math.max(image.width, image.height), 1)
  const size = { width: Math.round(image.width * times), height: Math.round(image.height * times) }
  if (Math.min(size.width, size.height) < 64) return []
  const small = times < 1 ? await resize(image, size) : image
  const gray = grayOf(small)
  const lattice = latticeOf(detailOf(gray, size), size)
  if (!lattice) return []
  const ink = inkOf(gray, size, lattice)
  if (!ink) return []
  const box = { x: 0, y: 0, width: image.width, height: image.height }
  return [{ kind: 'pattern', box, ink: enlarged(ink, size, image), score: lattice.score }]
}

/** Each pixel's difference from its neighbourhood, in units of how much that varies; −2..2. */
function detailOf(gray: Plane, size: Size): Plane {
  const mean = boxBlur(gray, size, REACH)
  const apart = gray.map((value, i) => value - mean[i])
  const squares = boxBlur(
    apart.map((value) => value * value),
    size,
    REACH * 2,
  )
  return apart.map((value, i) => Math.max(-2, Math.min(2, value / (Math.sqrt(squares[i]) + FLOOR))))
}

/**
 * Folds the picture by the lattice and keeps what stands out in the fold. A mark takes less of its tile than what is
 * between its repeats does: the side on which the fold is skewed is the mark's.
 */
function inkOf(gray: Plane, size: Size, lattice: Lattice): Uint8Array | undefined {
  const { means, errors, cell } = foldOf(wideDetail(gray, size, lattice), size, lattice)
  if (gray.length / means.length < LEAST_REPEATS) return undefined
  const side = means.reduce((sum, value) => sum + value ** 3, 0) > 0 ? 1 : -1
  const sorted = means.map((value) => value * side).toSorted()
  const least = sorted[Math.floor(sorted.length * 0.97)] * IS_INK
  const isInk = means.map((value, k) => Number(value * side > Math.max(least, IS_SURE * errors[k])))
  const share = isInk.reduce((sum, value) => sum + value, 0) / isInk.length
  if (share < LEAST_INK || share > MOST_INK) return undefined
  return Uint8Array.from(cell, (k) => isInk[k])
}

/** Differences from a neighbourhood that is wider than letters are; what is no mark's business is cut off. */
function wideDetail(gray: Plane, size: Size, { a, b }: Lattice): Plane {
  const mean = boxBlur(gray, size, Math.round(Math.max(Math.min(Math.hypot(...a), Math.hypot(...b)) / 3, REACH)))
  return gray.map((value, i) => Math.max(-MOST_APART, Math.min(MOST_APART, value - mean[i])))
}

function enlarged(ink: Uint8Array, size: Size, { width, height }: Size): Uint8Array {
  if (size.width === width) return ink
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const row = Math.min(Math.floor((y * size.height) / height), size.height - 1) * size.width
    for (let x = 0; x < width; x++)
      out[y * width + x] = ink[row + Math.min(Math.floor((x * size.width) / width), size.width - 1)]
  }
  return out
}
