// How rough the picture is at each known pixel: it goes into the fourth byte, so that comparing patches weighs it too.

import { wide } from './pyramid'

/** Mean absolute difference of brightness to the known neighbours, times `gain`. */
export function measureTexture(pixels: usize, hole: usize, width: i32, height: i32, gain: i32): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (load<u8>(hole + <usize>i)) continue
      const here = brightness(pixels, i)
      let sum = 0
      let count = 0
      for (let side = 0; side < 4; side++) {
        const nx = x + (side == 0 ? -1 : side == 1 ? 1 : 0)
        const ny = y + (side == 2 ? -1 : side == 3 ? 1 : 0)
        if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue
        const j = ny * width + nx
        if (load<u8>(hole + <usize>j)) continue
        sum += abs(here - brightness(pixels, j))
        count++
      }
      store<u8>(pixels + (<usize>i << 2), <u8>(count ? min(255, (gain * sum) / count) : 0), 3)
    }
  }
}

// Rec. 601, in 256ths
// @ts-ignore: decorator
@inline
function brightness(pixels: usize, i: i32): i32 {
  const at = pixels + (<usize>i << 2)
  return (77 * <i32>load<u8>(at) + 150 * <i32>load<u8>(at, 1) + 29 * <i32>load<u8>(at, 2)) >> 8
}
