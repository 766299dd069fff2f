// From RGBA pixels to the planes that are matched. All pointers have 64 bytes readable or writable after their end.

/** 8-bit brightness as OpenCV has it, rounded: 15-bit fixed point, ITU-R BT.601. */
export function toGray(rgba: usize, gray: usize, count: i32): void {
  for (let end = gray + count; gray < end; gray += 16, rgba += 64) {
    const a = i16x8.narrow_i32x4_u(grayOf(v128.load(rgba)), grayOf(v128.load(rgba, 16)))
    const b = i16x8.narrow_i32x4_u(grayOf(v128.load(rgba, 32)), grayOf(v128.load(rgba, 48)))
    v128.store(gray, i8x16.narrow_i16x8_u(a, b))
  }
}

@inline function grayOf(pixels: v128): v128 {
  const weights = i16x8(9798, 19235, 3735, 0, 9798, 19235, 3735, 0)
  const a = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(pixels), weights)
  const b = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(pixels), weights)
  const sum = i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7))
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(16384)), 15)
}

/** Red, green and blue, each `planeBytes` after the other. */
export function toColors(rgba: usize, red: usize, planeBytes: usize, count: i32): void {
  for (let end = red + count; red < end; red += 16, rgba += 64) {
    const a = byChannel(v128.load(rgba))
    const b = byChannel(v128.load(rgba, 16))
    const c = byChannel(v128.load(rgba, 32))
    const d = byChannel(v128.load(rgba, 48))
    const abRedGreen = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
    const cdRedGreen = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
    const abBlue = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
    const cdBlue = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
    v128.store(red, v128.shuffle<i64>(abRedGreen, cdRedGreen, 0, 2))
    v128.store(red + planeBytes, v128.shuffle<i64>(abRedGreen, cdRedGreen, 1, 3))
    v128.store(red + 2 * planeBytes, v128.shuffle<i64>(abBlue, cdBlue, 0, 2))
  }
}

/** Four pixels: four bytes of red, of green, of blue, of alpha. */
@inline function byChannel(pixels: v128): v128 {
  return v128.shuffle<u8>(pixels, pixels, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)
}
