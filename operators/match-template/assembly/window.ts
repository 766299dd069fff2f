// Exact sums over every window of one row of the map.
//
// Pixels are taken less 128, which halves their size. Sums per column are whole numbers in 32 bits; sums per window are
// whole numbers in 64-bit floats, so the difference of two large ones is still exact.

/** Adds a row of pixels to the sums per column: of values, and of squares. @param count padded to 8 in all three */
export function addRow(row: usize, sums: usize, squares: usize, count: i32): void {
  for (let end = row + count; row < end; row += 8, sums += 32, squares += 32) {
    const e = i16x8.sub(v128.load8x8_u(row), i16x8.splat(128))
    addTo(sums, i32x4.extend_low_i16x8_s(e), i32x4.extend_high_i16x8_s(e))
    addTo(squares, i32x4.extmul_low_i16x8_s(e, e), i32x4.extmul_high_i16x8_s(e, e))
  }
}

/** Moves the sums per column down by one row: `entering` comes, `leaving` goes. */
export function slideRow(leaving: usize, entering: usize, sums: usize, squares: usize, count: i32): void {
  for (let end = entering + count; entering < end; entering += 8, leaving += 8, sums += 32, squares += 32) {
    const e = v128.load8x8_u(entering)
    const l = v128.load8x8_u(leaving)
    const d = i16x8.sub(e, l)
    const s = i16x8.sub(i16x8.add(e, l), i16x8.splat(256)) // e² - l² = (e - l)·(e + l), both less 128
    addTo(sums, i32x4.extend_low_i16x8_s(d), i32x4.extend_high_i16x8_s(d))
    addTo(squares, i32x4.extmul_low_i16x8_s(d, s), i32x4.extmul_high_i16x8_s(d, s))
  }
}

@inline function addTo(to: usize, low: v128, high: v128): void {
  v128.store(to, i32x4.add(v128.load(to), low))
  v128.store(to, i32x4.add(v128.load(to, 16), high), 16)
}

/** The sum of the columns before the first window is complete, in both lanes. */
export function sumBefore(columns: usize, spanBytes: usize): v128 {
  let sum: f64 = 0
  for (let end = columns + spanBytes - 4; columns < end; columns += 4) sum += <f64>load<i32>(columns)
  return f64x2.splat(sum)
}

/** What four windows gain, each over the one to its left. */
@inline export function change(columns: usize, spanBytes: usize): v128 {
  return i32x4.sub(v128.load(columns + spanBytes - 4), v128.load(columns - 4))
}

/** Running sums of the first two of four changes. */
@inline export function firstTwo(d: v128): v128 {
  const p = f64x2.convert_low_i32x4_s(d)
  return f64x2.add(p, v128.shuffle<f64>(f64x2.splat(0), p, 0, 2))
}

/** Running sums of the last two. */
@inline export function lastTwo(d: v128): v128 {
  return firstTwo(v128.shuffle<i32>(d, d, 2, 3, 2, 3))
}

@inline export function last(v: v128): v128 {
  return v128.shuffle<f64>(v, v, 1, 1)
}

@inline export function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5)
}
