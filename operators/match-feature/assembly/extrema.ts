// Differences of Gaussians are kept for three rows at a time only: `rows` holds, for each of `levels` differences, a ring
// of three rows of i16.

/**
 * Row y of each difference between neighbouring levels.
 *
 * @param planes first of levels + 1 planes, `planeBytes` apart
 * @param slot y mod 3
 */
export function subtractRows(
  planes: usize,
  planeBytes: usize,
  levels: i32,
  stride: i32,
  y: i32,
  rows: usize,
  slot: i32,
): void {
  const bytes = <usize>stride << 1
  for (let x: usize = 0; x < bytes; x += 16) {
    let at = planes + <usize>y * bytes + x
    let finer = v128.load(at)
    for (let level = 0; level < levels; level++) {
      at += planeBytes
      const coarser = v128.load(at)
      v128.store(rows + <usize>(level * 3 + slot) * bytes + x, i16x8.sub(coarser, finer))
      finer = coarser
    }
  }
}

/**
 * Pixels of the row in `slot` that are above or below all 26 neighbours in their own and the two adjacent differences.
 * Equal neighbours all count: which one is nearest to the true peak is not known here.
 *
 * @param threshold least absolute value
 * @param out gets x and level, two i32 for each
 * @returns how many
 */
export function scanRow(
  rows: usize,
  levels: i32,
  stride: i32,
  slot: i32,
  from: i32,
  to: i32,
  threshold: i32,
  out: usize,
): i32 {
  const bytes = <usize>stride << 1
  const ring = bytes * 3
  const over = i16x8.splat(<i16>threshold)
  const under = i16x8.splat(<i16>-threshold)
  let count = 0
  for (let level = 1; level < levels - 1; level++) {
    const own = rows + <usize>level * ring
    const above = own + <usize>((slot + 2) % 3) * bytes
    const here = own + <usize>slot * bytes
    const below = own + <usize>((slot + 1) % 3) * bytes
    for (let x = from; x < to; x += 8) {
      const at = <usize>x << 1
      const v = v128.load(here + at)
      let high = i16x8.gt_s(v, over)
      let low = i16x8.lt_s(v, under)
      if (!v128.any_true(v128.or(high, low))) continue

      let n = v128.load(here + at - 2)
      high = v128.andnot(high, i16x8.gt_s(n, v))
      low = v128.andnot(low, i16x8.gt_s(v, n))
      n = v128.load(here + at, 2)
      high = v128.andnot(high, i16x8.gt_s(n, v))
      low = v128.andnot(low, i16x8.gt_s(v, n))
      for (let dx: usize = 0; dx < 6; dx += 2) {
        n = v128.load(above + at - 2 + dx)
        high = v128.andnot(high, i16x8.gt_s(n, v))
        low = v128.andnot(low, i16x8.gt_s(v, n))
        n = v128.load(below + at - 2 + dx)
        high = v128.andnot(high, i16x8.gt_s(n, v))
        low = v128.andnot(low, i16x8.gt_s(v, n))
      }
      if (!v128.any_true(v128.or(high, low))) continue

      for (let row = 0; row < 3; row++) {
        const line = (row == 0 ? above : row == 1 ? here : below) + at - 2
        for (let dx: usize = 0; dx < 6; dx += 2) {
          n = v128.load(line + dx - ring)
          high = v128.andnot(high, i16x8.gt_s(n, v))
          low = v128.andnot(low, i16x8.gt_s(v, n))
          n = v128.load(line + dx + ring)
          high = v128.andnot(high, i16x8.gt_s(n, v))
          low = v128.andnot(low, i16x8.gt_s(v, n))
        }
      }
      let bits = i16x8.bitmask(v128.or(high, low))
      while (bits != 0) {
        const column = x + ctz(bits)
        bits &= bits - 1
        if (column >= to) break
        store<i32>(out + (<usize>count << 3), column)
        store<i32>(out + (<usize>count << 3), level, 4)
        count++
      }
    }
  }
  return count
}
