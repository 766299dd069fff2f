// The level that the functions of patch matching work on. Corners name patches; what belongs to a corner lies where its
// pixel would.

import { PATCH, patchDistance } from './patch'

/** RGBA bytes, the fourth a texture measure. */
export let pixels: usize = 0
export let width: i32 = 0
export let height: i32 = 0
/** 1 byte a pixel, 0 = known. */
export let hole: usize = 0
/** 1 byte per corner, see marks.ts. */
export let marks: usize = 0
/** i32 per corner: the corner of its match as x | y << 16, -1 = none. */
export let field: usize = 0
/** i32 per corner: how unlike its match is. */
export let costs: usize = 0
/** RGBA bytes a pixel: what the picture looks like from afar, in the hole too. */
export let guide: usize = 0
/** What the squared difference of two patches' middles in `guide` counts. */
export let guideWeight: i32 = 0
/** Patches lie on a grid this wide. */
export let grid: i32 = 1
/** Chamfer distances, 1 byte a pixel. */
export let depth: usize = 0
/** f32 for each depth: how far a patch is believed whose middle lies there. */
export let trust: usize = 0

export function useLevel(
  pixelsAt: usize, holeAt: usize, marksAt: usize, fieldAt: usize, costsAt: usize, guideAt: usize, w: i32, h: i32, step: i32,
): void {
  pixels = pixelsAt
  hole = holeAt
  marks = marksAt
  field = fieldAt
  costs = costsAt
  guide = guideAt
  width = w
  height = h
  grid = step
}

export function useTables(depthAt: usize, trustAt: usize, weight: i32): void {
  depth = depthAt
  trust = trustAt
  guideWeight = weight
}

/** How unlike the patches at two corners are; stops early when over `limit`. */
// @ts-ignore: decorator
@inline
export function costOf(x: i32, y: i32, fromX: i32, fromY: i32, limit: i32): i32 {
  const a = <usize>(y * width + x) << 2
  const b = <usize>(fromY * width + fromX) << 2
  const middle = <usize>((PATCH / 2) * (width + 1)) << 2
  const astray = guideWeight * pixelDistance(guide + middle + a, guide + middle + b)
  if (astray >= limit) return astray
  return astray + patchDistance(pixels + a, pixels + b, <usize>width << 2, limit - astray)
}

// @ts-ignore: decorator
@inline
function pixelDistance(a: usize, b: usize): i32 {
  const d = i16x8.sub(i16x8.extend_low_i8x16_u(v128.load32_zero(a)), i16x8.extend_low_i8x16_u(v128.load32_zero(b)))
  const s = i32x4.dot_i16x8_s(d, d)
  return i32x4.extract_lane(s, 0) + i32x4.extract_lane(s, 1)
}

// @ts-ignore: decorator
@inline
export function markAt(x: i32, y: i32): u8 {
  return load<u8>(marks + <usize>(y * width + x))
}
