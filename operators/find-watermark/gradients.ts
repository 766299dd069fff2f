import type { Size } from '../../core/raster'
import { boxBlur, type Plane } from './planes'

/** Steps to the right and down, levels; 0 at the last column and row. */
export interface Gradients {
  readonly x: Plane
  readonly y: Plane
}

export function gradientsOf(plane: Plane, { width, height }: Size): Gradients {
  const [x, y] = [new Float32Array(plane.length), new Float32Array(plane.length)]
  for (let row = 0; row < height; row++) {
    for (let i = row * width; i < (row + 1) * width; i++) {
      if (i + 1 < (row + 1) * width) x[i] = plane[i + 1] - plane[i]
      if (row + 1 < height) y[i] = plane[i + width] - plane[i]
    }
  }
  return { x, y }
}

const MOST = 48 // levels: the scene's own edges must not outvote everything else around them
const FLOOR = 9 // levels²: less is what compression leaves, and its blocks lie alike in all pictures

/**
 * How alike the pictures' edges are around each pixel: the correlation of each picture's gradients with the sum of the
 * others' in a square, the mean over the pictures, or 0 where one picture is unlike the rest. Scenes that have nothing
 * to do with each other are near 0.
 *
 * @returns height × width, −1..1
 */
export function agreement(pictures: readonly Gradients[], size: Size, radius: number): Plane {
  const clipped = pictures.map(({ x, y }) => clip(x, y))
  const total = { x: sumOf(clipped.map(({ x }) => x)), y: sumOf(clipped.map(({ y }) => y)) }
  const mean = new Float32Array(total.x.length)
  const least = new Float32Array(total.x.length).fill(1)
  for (const own of clipped) {
    const correlation = correlationWith(own, total, size, radius)
    for (let i = 0; i < mean.length; i++) {
      mean[i] += correlation[i] / pictures.length
      least[i] = Math.min(least[i], correlation[i])
    }
  }
  return mean.map((value, i) => (least[i] > 0 ? value : 0))
}

function clip(x: Plane, y: Plane): Gradients {
  const [clippedX, clippedY] = [x.slice(), y.slice()]
  for (let i = 0; i < x.length; i++) {
    const length = Math.hypot(x[i], y[i])
    if (length <= MOST) continue
    clippedX[i] *= MOST / length
    clippedY[i] *= MOST / length
  }
  return { x: clippedX, y: clippedY }
}

function correlationWith(own: Gradients, total: Gradients, size: Size, radius: number): Plane {
  const [both, ours, others] = [0, 1, 2].map(() => new Float32Array(own.x.length))
  for (let i = 0; i < both.length; i++) {
    const [x, y] = [total.x[i] - own.x[i], total.y[i] - own.y[i]]
    both[i] = own.x[i] * x + own.y[i] * y
    ours[i] = own.x[i] ** 2 + own.y[i] ** 2
    others[i] = x * x + y * y
  }
  const [a, b, c] = [both, ours, others].map((plane) => boxBlur(plane, size, radius))
  return a.map((value, i) => value / (Math.sqrt(b[i] * c[i]) + FLOOR))
}

function sumOf(planes: readonly Plane[]): Plane {
  const sum = new Float32Array(planes[0].length)
  for (const plane of planes) for (let i = 0; i < sum.length; i++) sum[i] += plane[i]
  return sum
}

/** At each pixel the middle one of the pictures' values, of an even number the mean of the two middle ones. */
export function medianOf(planes: readonly Plane[]): Plane {
  const sorted = new Float32Array(planes.length)
  const [low, high] = [(planes.length - 1) >> 1, planes.length >> 1]
  return planes[0].map((_, i) => {
    for (let k = 0; k < planes.length; k++) sorted[k] = planes[k][i]
    sorted.sort()
    return (sorted[low] + sorted[high]) / 2
  })
}
