import type { Raster } from '../../core/raster'

/** A rectangle in pixels of a picture; it may reach beyond the picture's edges. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** A picture cut out of another, and where its corner lies there. */
export interface Cut {
  readonly raster: Raster
  readonly x: number
  readonly y: number
}

/** The whole pixels that a region touches; what lies outside the picture is opaque black. */
export function cut(source: Raster, region: Region): Cut {
  const [x, y] = [Math.floor(region.x), Math.floor(region.y)]
  const width = Math.max(1, Math.ceil(region.x + region.w) - x)
  const height = Math.max(1, Math.ceil(region.y + region.h) - y)
  const data = new Uint8ClampedArray(width * height * 4)
  new Uint32Array(data.buffer).fill(OPAQUE_BLACK)
  const [left, right] = [Math.max(x, 0), Math.min(x + width, source.width)]
  for (let row = Math.max(y, 0); left < right && row < Math.min(y + height, source.height); row++) {
    const from = (row * source.width + left) * 4
    data.set(source.data.subarray(from, from + (right - left) * 4), ((row - y) * width + left - x) * 4)
  }
  return { raster: { width, height, data }, x, y }
}

const OPAQUE_BLACK = 0xff000000 // red is the lowest byte: every platform that runs this is little-endian

/** The region grown about its centre by `times`. */
export function grow({ x, y, w, h }: Region, times: number): Region {
  return { x: x - (w * (times - 1)) / 2, y: y - (h * (times - 1)) / 2, w: w * times, h: h * times }
}

/** The square about the region's centre, as wide as its longer side. */
export function square({ x, y, w, h }: Region): Region {
  const side = Math.max(w, h)
  return { x: x + (w - side) / 2, y: y + (h - side) / 2, w: side, h: side }
}

const area = ({ w, h }: Region): number => w * h

function shared(a: Region, b: Region): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)
  return w > 0 && h > 0 ? w * h : 0
}

/** Intersection over union, 0..1. */
export const overlap = (a: Region, b: Region): number => {
  const both = shared(a, b)
  return both / (area(a) + area(b) - both)
}

/** Share of the smaller one that lies in the other, 0..1. */
export const containment = (a: Region, b: Region): number => shared(a, b) / Math.min(area(a), area(b))
