// How deep a pixel lies in the hole: chamfer distances 3-4 to the nearest known pixel (Borgefors, "Distance transformations
// in digital images", 1986), thirds of a pixel, at most 255. The border of the picture is no rim: nothing is known there.

const FAR: i32 = 255

/** @param hole 1 byte a pixel, 0 = known @param out 1 byte a pixel */
export function distances(hole: usize, width: i32, height: i32, out: usize): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = <usize>(y * width + x)
      store<u8>(out + i, load<u8>(hole + i) ? around(out, width, height, x, y, -1) : 0)
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const at = out + <usize>(y * width + x)
      const before = <i32>load<u8>(at)
      if (before > 0) store<u8>(at, min(before, around(out, width, height, x, y, 1)))
    }
  }
}

/** The nearest of the four neighbours that come before (`step` -1) or after (1). */
// @ts-ignore: decorator
@inline
function around(out: usize, width: i32, height: i32, x: i32, y: i32, step: i32): i32 {
  let least = FAR
  const row = y + step
  if (row >= 0 && row < height) {
    const at = out + <usize>(row * width + x)
    least = min(least, <i32>load<u8>(at) + 3)
    if (x > 0) least = min(least, <i32>load<u8>(at - 1) + 4)
    if (x < width - 1) least = min(least, <i32>load<u8>(at + 1) + 4)
  }
  const side = x + step
  if (side >= 0 && side < width) least = min(least, <i32>load<u8>(out + <usize>(y * width + side)) + 3)
  return least
}
