// The vertical half of a resize: weighted sums of whole rows of pixels.

/**
 * Adds one row of pixels to the sums; the first one of an output row begins them anew.
 *
 * @param rgba 8-bit pixels, readable to a multiple of four
 * @param sums four 32-bit floats for each pixel, red first, writable to a multiple of four
 * @param count of pixels
 */
export function addRow(rgba: usize, sums: usize, count: i32, weight: f32, isFirst: bool): void {
  if (isFirst) eachPixel(rgba, sums, count, weight, true, false)
  else eachPixel(rgba, sums, count, weight, false, false)
}

/** The same with colours times alpha, 0..1: what is transparent must not tint what is not. */
export function addRowByAlpha(rgba: usize, sums: usize, count: i32, weight: f32, isFirst: bool): void {
  if (isFirst) eachPixel(rgba, sums, count, weight, true, true)
  else eachPixel(rgba, sums, count, weight, false, true)
}

@inline function eachPixel(rgba: usize, sums: usize, count: i32, weight: f32, isFirst: bool, byAlpha: bool): void {
  const w = f32x4.splat(weight)
  for (const end = rgba + (<usize>count << 2); rgba < end; rgba += 16, sums += 64) {
    const low = v128.load8x8_u(rgba)
    const high = v128.load8x8_u(rgba, 8)
    put(sums, f32x4.mul(colors(i32x4.extend_low_i16x8_u(low), byAlpha), w), isFirst)
    put(sums + 16, f32x4.mul(colors(i32x4.extend_high_i16x8_u(low), byAlpha), w), isFirst)
    put(sums + 32, f32x4.mul(colors(i32x4.extend_low_i16x8_u(high), byAlpha), w), isFirst)
    put(sums + 48, f32x4.mul(colors(i32x4.extend_high_i16x8_u(high), byAlpha), w), isFirst)
  }
}

@inline function colors(pixel: v128, byAlpha: bool): v128 {
  const color = f32x4.convert_i32x4_u(pixel)
  if (!byAlpha) return color
  const alpha = f32x4.mul(v128.shuffle<f32>(color, color, 3, 3, 3, 3), f32x4.splat(1 / 255))
  return f32x4.mul(color, f32x4.replace_lane(alpha, 3, 1))
}

@inline function put(sums: usize, value: v128, isFirst: bool): void {
  v128.store(sums, isFirst ? value : f32x4.add(v128.load(sums), value))
}
