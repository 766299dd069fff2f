// A patch is 8 × 8 pixels of RGBA bytes, named by its top-left corner; the fourth byte holds a texture measure, so that a
// comparison weighs structure beside colour at no cost.

export const PATCH: i32 = 8

/** Sum of squared differences over 8 × 8 × 4 bytes; stops after four rows when over `limit` already. */
// @ts-ignore: decorator
@inline
export function patchDistance(a: usize, b: usize, stride: usize, limit: i32): i32 {
  let sum = halfDistance(a, b, stride)
  let total = horizontalSum(sum)
  if (total >= limit) return total
  total += horizontalSum(halfDistance(a + 4 * stride, b + 4 * stride, stride))
  return total
}

// @ts-ignore: decorator
@inline
function halfDistance(a: usize, b: usize, stride: usize): v128 {
  let sum = i32x4.splat(0)
  for (let row = 0; row < 4; row++) {
    sum = i32x4.add(sum, squares(v128.load(a), v128.load(b)))
    sum = i32x4.add(sum, squares(v128.load(a, 16), v128.load(b, 16)))
    a += stride
    b += stride
  }
  return sum
}

// @ts-ignore: decorator
@inline
function squares(a: v128, b: v128): v128 {
  const low = i16x8.sub(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b))
  const high = i16x8.sub(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b))
  return i32x4.add(i32x4.dot_i16x8_s(low, low), i32x4.dot_i16x8_s(high, high))
}

// @ts-ignore: decorator
@inline
function horizontalSum(v: v128): i32 {
  const pairs = i32x4.add(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1))
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)
}
