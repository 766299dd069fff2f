import type { Box } from '../../core/crop'
import type { Raster, Size } from '../../core/raster'

/** One channel, height × width, row-major, 0..255 unless said otherwise. */
export type Plane = Float32Array<ArrayBuffer>

/** Red, green and blue. */
export type Planes = readonly [Plane, Plane, Plane]

export const CHANNELS = [0, 1, 2] as const

export function planesOf({ width, data }: Raster, box: Box): Planes {
  return CHANNELS.map((channel) => {
    const plane = new Float32Array(box.width * box.height)
    for (let y = 0; y < box.height; y++) {
      const row = ((box.y + y) * width + box.x) * 4 + channel
      for (let x = 0; x < box.width; x++) plane[y * box.width + x] = data[row + x * 4]
    }
    return plane
  }) as unknown as Planes
}

/** Brightness by the weights of BT.601. */
export function grayOf({ width, height, data }: Raster): Plane {
  const plane = new Float32Array(width * height)
  for (let i = 0; i < plane.length; i++) {
    plane[i] = 0.299 * data[i * 4] + 0.587 * data[i * 4 + 1] + 0.114 * data[i * 4 + 2]
  }
  return plane
}

/** Mean over the square of 2·radius + 1 pixels around each; beyond the edge nothing counts. */
export function boxBlur(plane: Plane, { width, height }: Size, radius: number): Plane {
  const rows = new Float32Array(plane.length)
  for (let y = 0; y < height; y++) slide(plane, rows, y * width, 1, width, radius)
  const out = new Float32Array(plane.length)
  for (let x = 0; x < width; x++) slide(rows, out, x, width, height, radius)
  return out
}

function slide(from: Plane, to: Plane, start: number, step: number, length: number, radius: number): void {
  let [sum, count] = [0, 0]
  for (let i = 0; i < Math.min(radius, length); i++, count++) sum += from[start + i * step]
  for (let i = 0; i < length; i++) {
    if (i + radius < length) {
      sum += from[start + (i + radius) * step]
      count++
    }
    if (i - radius - 1 >= 0) {
      sum -= from[start + (i - radius - 1) * step]
      count--
    }
    to[start + i * step] = sum / count
  }
}

/**
 * What lies behind the pixels that do not count, judged by their neighbours: a weighted mean of those that do.
 *
 * @param counts height × width, 1 counts, 0 does not
 * @returns the plane smoothed; where nothing within reach counts, the plane's own value
 * @see Knutsson and Westin, "Normalized and differential convolution", CVPR 1993
 */
export function smoothedBy(plane: Plane, counts: Plane, size: Size, radius: number): Plane {
  const weighted = plane.map((value, i) => value * counts[i])
  const sums = boxBlur(boxBlur(weighted, size, radius), size, radius)
  const weights = boxBlur(boxBlur(counts, size, radius), size, radius)
  return plane.map((value, i) => (weights[i] > 1e-4 ? sums[i] / weights[i] : value))
}

/** Everything within `radius` pixels of what is set, in a square. */
export function dilate(mask: Uint8Array, { width, height }: Size, radius: number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(mask.length)
  for (let y = 0; y < height; y++) spread(mask, rows, y * width, 1, width, radius)
  const out = new Uint8Array(mask.length)
  for (let x = 0; x < width; x++) spread(rows, out, x, width, height, radius)
  return out
}

function spread(from: Uint8Array, to: Uint8Array, start: number, step: number, length: number, radius: number): void {
  let reach = -1 // up to here there is something set within the radius
  for (let i = 0; i < Math.min(radius, length); i++) if (from[start + i * step]) reach = i + radius
  for (let i = 0; i < length; i++) {
    if (i + radius < length && from[start + (i + radius) * step]) reach = i + 2 * radius
    if (i <= reach) to[start + i * step] = 255
  }
}
