import { warp } from '../../core/preprocess/warp'
import type { Raster, Size } from '../../core/raster'

/** A rectangle in pixels of a picture; it may reach beyond the picture's edges. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** The region as a picture of this size; what lies outside of the source is black. */
export function view(source: Raster, { x, y, w, h }: Region, { width, height }: Size): Promise<Raster> {
  const [across, down] = [width / w, height / h]
  const matrix = [across, 0, (0.5 - x) * across - 0.5, 0, down, (0.5 - y) * down - 0.5]
  return warp(source, matrix, { width, height })
}

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
