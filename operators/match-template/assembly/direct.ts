// Correlation by the definition, in whole numbers: quicker than a transform for tiny templates, and exact.

/**
 * Two rows of pixels as pairs (upper, lower), less 128: what `correlateRow` reads.
 *
 * @param count pixels; 16 bytes readable after both rows, 32 writable after the pairs
 */
export function pairRows(upper: usize, lower: usize, pairs: usize, count: i32): void {
  const middle = i8x16.splat(-128)
  for (let end = upper + count; upper < end; upper += 16, lower += 16, pairs += 32) {
    const a = v128.xor(v128.load(upper), middle)
    const b = v128.xor(v128.load(lower), middle)
    v128.store(pairs, v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
    v128.store(pairs, v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16)
  }
}

/**
 * Σ (T - 128)·(I - 128) of one channel for one row of the map; whole numbers, exact up to 2^24.
 *
 * @param map of floats, 60 bytes writable after the row: the next one must come later
 * @param pairs of the window's first two rows; those of the next two are 2 · pairBytes on
 * @param taps for each pair of template rows, for each column: (upper, lower) as 16-bit numbers
 * @param rows pairs of template rows
 * @param add to what the row has from other channels
 */
export function correlateRow(
  map: usize,
  count: i32,
  pairs: usize,
  pairBytes: usize,
  taps: usize,
  w: i32,
  rows: i32,
  add: bool,
): void {
  for (let end = map + (<usize>count << 2); map < end; map += 64, pairs += 32) {
    let a = i32x4.splat(0)
    let b = a
    let c = a
    let d = a
    let tap = taps
    for (let row = 0, from = pairs; row < rows; row++, from += 2 * pairBytes) {
      for (let p = from, stop = from + (<usize>w << 1); p < stop; p += 2, tap += 4) {
        const t = v128.load32_splat(tap)
        a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(p), t))
        b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(p, 8), t))
        c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(p, 16), t))
        d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(p, 24), t))
      }
    }
    putFour(map, a, add)
    putFour(map + 16, b, add)
    putFour(map + 32, c, add)
    putFour(map + 48, d, add)
  }
}

@inline function putFour(map: usize, sums: v128, add: bool): void {
  const values = f32x4.convert_i32x4_s(sums)
  v128.store(map, add ? f32x4.add(v128.load(map), values) : values)
}
