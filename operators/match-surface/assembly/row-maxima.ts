/** Largest u16 of each of `rows` rows of `length`, eight at a time. */
export function rowMaxima(values: usize, rows: u32, length: u32, out: usize): void {
  const whole = length & ~7
  for (let row: u32 = 0; row < rows; row++) {
    let most = i16x8.splat(0)
    for (let i: u32 = 0; i < whole; i += 8) most = i16x8.max_u(most, v128.load(values + (i << 1)))
    most = i16x8.max_u(most, i16x8.shuffle(most, most, 4, 5, 6, 7, 0, 1, 2, 3))
    most = i16x8.max_u(most, i16x8.shuffle(most, most, 2, 3, 0, 1, 6, 7, 4, 5))
    most = i16x8.max_u(most, i16x8.shuffle(most, most, 1, 0, 3, 2, 5, 4, 7, 6))
    let top = <u32>i16x8.extract_lane_u(most, 0)
    for (let i = whole; i < length; i++) top = max(top, <u32>load<u16>(values + (i << 1)))
    store<u16>(out + (row << 1), top)
    values += length << 1
  }
}
