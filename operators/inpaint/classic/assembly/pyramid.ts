// Halving and doubling pictures with holes.

/**
 * Half as large, rounded up: each pixel the mean of the known ones among four.
 *
 * @param least how many of the four must be known, lest the pixel be a hole too
 */
export function shrink(
  pixels: usize, hole: usize, width: i32, height: i32, least: i32, outPixels: usize, outHole: usize,
): void {
  const w = (width + 1) >> 1
  const h = (height + 1) >> 1
  for (let y = 0; y < h; y++) {
    const y1 = min(2 * y + 1, height - 1)
    for (let x = 0; x < w; x++) {
      const x1 = min(2 * x + 1, width - 1)
      let known = 0
      let sum = i32x4.splat(0)
      for (let k = 0; k < 4; k++) {
        const i = (k & 2 ? y1 : 2 * y) * width + (k & 1 ? x1 : 2 * x)
        if (load<u8>(hole + <usize>i)) continue
        known++
        sum = i32x4.add(sum, wide(pixels + (<usize>i << 2)))
      }
      const o = <usize>(y * w + x)
      store<u8>(outHole + o, known < least ? 1 : 0)
      const mean = f32x4.div(f32x4.convert_i32x4_u(sum), f32x4.splat(<f32>max(known, 1)))
      storeRounded(outPixels + (o << 2), mean)
    }
  }
}

/**
 * Takes the pixels of the hole from a picture half as large, bilinearly.
 *
 * @param hole 1 byte a pixel; 0 instead of an address: all pixels
 */
export function enlarge(small: usize, pixels: usize, hole: usize, width: i32, height: i32): void {
  const w = (width + 1) >> 1
  const h = (height + 1) >> 1
  for (let y = 0; y < height; y++) {
    const near = <usize>((y >> 1) * w)
    const far = <usize>(max(0, min(h - 1, (y >> 1) + (y & 1 ? 1 : -1))) * w)
    for (let x = 0; x < width; x++) {
      const o = <usize>(y * width + x)
      if (hole && !load<u8>(hole + o)) continue
      const a = <usize>(x >> 1)
      const b = <usize>max(0, min(w - 1, (x >> 1) + (x & 1 ? 1 : -1)))
      const upper = i32x4.add(i32x4.mul(wide(small + ((near + a) << 2)), i32x4.splat(9)), i32x4.mul(wide(small + ((near + b) << 2)), i32x4.splat(3)))
      const lower = i32x4.add(i32x4.mul(wide(small + ((far + a) << 2)), i32x4.splat(3)), wide(small + ((far + b) << 2)))
      narrow(pixels + (o << 2), i32x4.shr_u(i32x4.add(i32x4.add(upper, lower), i32x4.splat(8)), 4))
    }
  }
}

/** One RGBA pixel as four 32-bit numbers. */
// @ts-ignore: decorator
@inline
export function wide(pixel: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(pixel)))
}

// @ts-ignore: decorator
@inline
export function storeRounded(pixel: usize, values: v128): void {
  narrow(pixel, i32x4.trunc_sat_f32x4_u(f32x4.add(values, f32x4.splat(0.5))))
}

// @ts-ignore: decorator
@inline
function narrow(pixel: usize, values: v128): void {
  const half = i16x8.narrow_i32x4_u(values, values)
  store<i32>(pixel, i32x4.extract_lane(i8x16.narrow_i16x8_u(half, half), 0))
}
