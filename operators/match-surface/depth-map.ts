import type { OrientedPoints } from '../../core/cloud'
import { type Camera, project } from './camera'

/** The scene as its camera saw it. */
export interface DepthMap {
  readonly camera: Camera
  /** Edge of a pixel, in scene units at the middle of the scene. */
  readonly pixel: number
  readonly left: number
  readonly bottom: number
  readonly width: number
  readonly height: number
  /** Nearness of the nearest point in the 3×3 pixels around; -Infinity where nothing was measured. */
  readonly nearness: Float32Array<ArrayBuffer>
}

const MOST_PIXELS = 2_000_000 // one far outlier must not ask for gigabytes: pixels grow instead

export function depthMap({ count, positions }: OrientedPoints, camera: Camera, pixel: number): DepthMap {
  const seen = new Float64Array(count * 3)
  const at = new Float64Array(3)
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < count * 3; i += 3) {
    project(camera, positions[i], positions[i + 1], positions[i + 2], at)
    seen.set(at, i)
    left = Math.min(left, at[0])
    right = Math.max(right, at[0])
    bottom = Math.min(bottom, at[1])
    top = Math.max(top, at[1])
  }
  const size = fittingPixel(pixel, right - left, top - bottom)
  const width = Math.floor((right - left) / size) + 1
  const height = Math.floor((top - bottom) / size) + 1
  const single = new Float32Array(width * height).fill(-Infinity)
  for (let i = 0; i < count * 3; i += 3) {
    const to = Math.floor((seen[i + 1] - bottom) / size) * width + Math.floor((seen[i] - left) / size)
    if (seen[i + 2] > single[to]) single[to] = seen[i + 2]
  }
  return { camera, pixel: size, left, bottom, width, height, nearness: dilated(single, width, height) }
}

function fittingPixel(pixel: number, wide: number, high: number): number {
  let size = pixel
  while ((wide / size + 1) * (high / size + 1) > MOST_PIXELS) size *= 1.5
  return size
}

/** Each pixel takes the nearest of its 3×3: closes the gaps between samples and forgives edges by one pixel. */
function dilated(single: Float32Array, width: number, height: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(single.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      rows[at] = Math.max(single[at], x > 0 ? single[at - 1] : -Infinity, x < width - 1 ? single[at + 1] : -Infinity)
    }
  }
  const both = new Float32Array(single.length)
  for (let at = 0; at < both.length; at++) {
    both[at] = Math.max(rows[at], rows[at - width] ?? -Infinity, rows[at + width] ?? -Infinity)
  }
  return both
}

/** Nearness of what the camera saw at a place of its picture. */
export function nearnessAt({ pixel, left, bottom, width, height, nearness }: DepthMap, u: number, v: number): number {
  const x = Math.floor((u - left) / pixel)
  const y = Math.floor((v - bottom) / pixel)
  return x >= 0 && y >= 0 && x < width && y < height ? nearness[y * width + x] : -Infinity
}
