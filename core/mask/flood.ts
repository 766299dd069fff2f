import type { Raster } from '../raster'
import { emptyMask, type Mask } from './mask'
import { maskFromPlane } from './plane'

export interface FloodOptions {
  /** 0..255: by how much the red, green or blue of a pixel may differ from the chosen one. */
  readonly tolerance: number
  /** Only what is joined to the chosen pixel, side by side. */
  readonly contiguous: boolean
}

/** Marks what has the colour of a pixel. Outside the picture there is none to choose, and nothing is marked. */
export function flood(image: Raster, x: number, y: number, { tolerance, contiguous }: FloodOptions): Mask {
  const { width, height, data } = image
  if (x < 0 || y < 0 || x >= width || y >= height) return emptyMask(image)
  const start = y * width + x
  const [red, green, blue, alpha] = data.subarray(start * 4, start * 4 + 4)
  const isAlike = (i: number) =>
    Math.abs(data[4 * i] - red) <= tolerance &&
    Math.abs(data[4 * i + 1] - green) <= tolerance &&
    Math.abs(data[4 * i + 2] - blue) <= tolerance &&
    Math.abs(data[4 * i + 3] - alpha) <= tolerance
  const plane = contiguous ? joined(width, height, start, isAlike) : all(width * height, isAlike)
  return maskFromPlane(image, plane)
}

function all(pixels: number, isAlike: (i: number) => boolean): Uint8Array {
  const plane = new Uint8Array(pixels)
  for (let i = 0; i < pixels; i++) if (isAlike(i)) plane[i] = 255
  return plane
}

/**
 * Fills run by run: each run is widened as far as it goes, and the runs above and below it are noted by one pixel each.
 *
 * @see Smith, "Tint fill", SIGGRAPH 1979
 */
function joined(width: number, height: number, start: number, isAlike: (i: number) => boolean): Uint8Array {
  const plane = new Uint8Array(width * height)
  const seeds = [start]
  const isOpen = (i: number) => plane[i] === 0 && isAlike(i)
  for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) {
    if (!isOpen(seed)) continue
    const row = Math.floor(seed / width) * width
    let [left, right] = [seed, seed]
    while (left > row && isOpen(left - 1)) left--
    while (right < row + width - 1 && isOpen(right + 1)) right++
    plane.fill(255, left, right + 1)
    if (row > 0) noteRuns(left - width, right - width)
    if (row < (height - 1) * width) noteRuns(left + width, right + width)
  }
  return plane

  function noteRuns(from: number, to: number): void {
    for (let i = from; i <= to; i++) if (isOpen(i) && (i === from || !isOpen(i - 1))) seeds.push(i)
  }
}
