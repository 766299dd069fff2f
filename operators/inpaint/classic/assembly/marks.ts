// What a corner's patch is: a SOURCE of known pixels only, a TARGET that touches the hole and lies on the grid, or neither.

import { grid, height, hole, marks, width } from './level'
import { PATCH } from './patch'

export const SOURCE: u8 = 0
export const TARGET: u8 = 1
const NEITHER: u8 = 2

/** @returns how many sources there are */
export function markPatches(): i32 {
  let sources = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const mark = markOf(x, y)
      store<u8>(marks + <usize>(y * width + x), mark)
      if (mark == SOURCE) sources++
    }
  }
  return sources
}

// @ts-ignore: decorator
@inline
function markOf(x: i32, y: i32): u8 {
  const lastX = width - PATCH
  const lastY = height - PATCH
  if (x > lastX || y > lastY) return NEITHER
  const at = hole + <usize>(y * width + x)
  let any: u64 = 0
  for (let v = 0; v < PATCH; v++) any |= load<u64>(at + <usize>(v * width))
  if (any == 0) return SOURCE
  const onGrid = (x % grid == 0 || x == lastX) && (y % grid == 0 || y == lastY)
  return onGrid ? TARGET : NEITHER
}
