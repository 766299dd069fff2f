import type { Raster } from './raster'

/** sRGB, 0..255, and how much it covers, 0..1. */
export interface Ink {
  readonly rgb: readonly [red: number, green: number, blue: number]
  readonly alpha: number
}

/** In pixels; covers x ≤ column < x + w and y ≤ row < y + h. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export const copyRaster = ({ width, height, data }: Raster): Raster => ({ width, height, data: data.slice() })

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Lays ink over one pixel, which must be inside. `coverage`: 0..1, the part of the pixel that is painted. */
export function blend({ width, data }: Raster, x: number, y: number, { rgb, alpha }: Ink, coverage = 1): void {
  const p = (y * width + x) * 4
  const source = alpha * coverage
  const below = (data[p + 3] / 255) * (1 - source)
  const out = source + below
  if (out === 0) return
  for (let c = 0; c < 3; c++) data[p + c] = (rgb[c] * source + data[p + c] * below) / out
  data[p + 3] = out * 255
}

/** What lies outside of the raster is left out, here and below. */
export function fillRect(raster: Raster, rect: Rect, ink: Ink): void {
  const { x, y, w, h } = clip(rect, raster)
  for (let row = y; row < y + h; row++) {
    for (let column = x; column < x + w; column++) blend(raster, column, row, ink)
  }
}

/** A frame `thickness` pixels wide, outside of `rect`; where the raster ends, it moves inward to stay visible. */
export function strokeRect(raster: Raster, rect: Rect, thickness: number, ink: Ink): void {
  const { x, y, w, h } = clip(grow(rect, thickness), raster)
  const t = Math.min(thickness, Math.ceil(h / 2))
  const middle = h - 2 * t
  fillRect(raster, { x, y, w, h: t }, ink)
  fillRect(raster, { x, y: y + h - t, w, h: t }, ink)
  fillRect(raster, { x, y: y + t, w: thickness, h: middle }, ink)
  fillRect(raster, { x: x + w - thickness, y: y + t, w: thickness, h: middle }, ink)
}

export const grow = ({ x, y, w, h }: Rect, by: number): Rect => ({ x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by })

function clip({ x, y, w, h }: Rect, { width, height }: Raster): Rect {
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  return { x: left, y: top, w: Math.min(width, x + w) - left, h: Math.min(height, y + h) - top }
}
