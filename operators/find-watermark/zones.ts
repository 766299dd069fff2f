import type { Raster, Size } from '../../core/raster'
import type { Component } from './components'

/**
 * Quasi-flat zones: pixels between which one can go in steps of at most `step` levels in every channel. Those that reach
 * the picture's edge are left out: what they show goes on beyond it.
 *
 * @returns indices into the plane, of `least` to `most` pixels each
 * @see Soille, "Constrained connectivity for hierarchical image partitioning and simplification", PAMI 2008
 */
export function closedZones(image: Raster, step: number, least: number, most: number): Component[] {
  const { width, height } = image
  const zones: Component[] = []
  const seen = new Uint8Array(width * height)
  const stack = new Int32Array(width * height)
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue
    const count = flood(image, step, seen, stack, start)
    if (count < least || count > most) continue
    const zone = stack.slice(0, count)
    if (!zone.some((at) => isAtEdge(at, image))) zones.push(zone)
  }
  return zones
}

function isAtEdge(at: number, { width, height }: Size): boolean {
  const x = at % width
  return x === 0 || x === width - 1 || at < width || at >= width * (height - 1)
}

function flood({ width, height, data }: Raster, step: number, seen: Uint8Array, stack: Int32Array, start: number) {
  let count = 1
  stack[0] = start
  seen[start] = 1
  const visit = (from: number, to: number) => {
    if (seen[to] || !isNear(data, from * 4, to * 4, step)) return
    seen[to] = 1
    stack[count++] = to
  }
  for (let next = 0; next < count; next++) {
    const at = stack[next]
    const x = at % width
    if (x > 0) visit(at, at - 1)
    if (x < width - 1) visit(at, at + 1)
    if (at >= width) visit(at, at - width)
    if (at < width * (height - 1)) visit(at, at + width)
  }
  return count
}

const isNear = (data: Uint8ClampedArray, a: number, b: number, step: number): boolean =>
  Math.abs(data[a] - data[b]) <= step &&
  Math.abs(data[a + 1] - data[b + 1]) <= step &&
  Math.abs(data[a + 2] - data[b + 2]) <= step
