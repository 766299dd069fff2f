// The horizontal half of a resize, and what models want of each pixel: `value · scale + shift` in their order and layout.

/**
 * Where one output row comes from and how its values are made. The driver writes it in this order: `ROW_FIELDS` as
 * 32-bit words, then four floats of `scale` and four of `shift`, red first.
 */
@unmanaged export class Row {
  sums!: usize // of the source row, four floats for each pixel
  taps!: usize // for each output pixel: its first source pixel in bytes of `sums`, how many there are, and their weights
  count!: i32 // of output pixels
  isBgr!: i32
  scale!: f32
  scale1!: f32
  scale2!: f32
  scale3!: f32
  shift!: f32
  shift1!: f32
  shift2!: f32
  shift3!: f32
}

/** Writes three planes; each is writable to a multiple of four values. @param first the red plane's row, or the blue one's for BGR */
export function planesRow(row: Row, first: usize, planeBytes: usize): void {
  const scale = v128.load(changetype<usize>(row) + offsetof<Row>('scale'))
  const shift = v128.load(changetype<usize>(row) + offsetof<Row>('shift'))
  const sums = row.sums
  const red = row.isBgr ? first + 2 * planeBytes : first
  const green = first + planeBytes
  const blue = row.isBgr ? first : first + 2 * planeBytes
  let taps = row.taps
  let at: usize = 0
  for (const end = <usize>row.count << 2; at < end; at += 16) {
    // A last group of fewer than four repeats what follows in the table: the driver pads it with taps of nothing.
    const a = f32x4.add(f32x4.mul(pixelAt(sums, taps), scale), shift)
    taps = next(taps)
    const b = f32x4.add(f32x4.mul(pixelAt(sums, taps), scale), shift)
    taps = next(taps)
    const c = f32x4.add(f32x4.mul(pixelAt(sums, taps), scale), shift)
    taps = next(taps)
    const d = f32x4.add(f32x4.mul(pixelAt(sums, taps), scale), shift)
    taps = next(taps)
    const abRedGreen = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
    const cdRedGreen = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
    const abBlue = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
    const cdBlue = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
    v128.store(red + at, v128.shuffle<i64>(abRedGreen, cdRedGreen, 0, 2))
    v128.store(green + at, v128.shuffle<i64>(abRedGreen, cdRedGreen, 1, 3))
    v128.store(blue + at, v128.shuffle<i64>(abBlue, cdBlue, 0, 2))
  }
}

/** Writes three floats for each pixel, and one more after the last. */
export function interleavedRow(row: Row, to: usize): void {
  const scale = v128.load(changetype<usize>(row) + offsetof<Row>('scale'))
  const shift = v128.load(changetype<usize>(row) + offsetof<Row>('shift'))
  let taps = row.taps
  for (const end = to + <usize>row.count * 12; to < end; to += 12) {
    const value = f32x4.add(f32x4.mul(pixelAt(row.sums, taps), scale), shift)
    v128.store(to, row.isBgr ? v128.shuffle<f32>(value, value, 2, 1, 0, 3) : value)
    taps = next(taps)
  }
}

/**
 * Writes 8-bit RGBA, rounded, from sums of colours times alpha; writable to a multiple of four pixels. `scale` and
 * `shift` play no part.
 */
export function pixelsRow(row: Row, to: usize): void {
  let taps = row.taps
  for (const end = to + (<usize>row.count << 2); to < end; to += 16) {
    const a = straight(pixelAt(row.sums, taps))
    taps = next(taps)
    const b = straight(pixelAt(row.sums, taps))
    taps = next(taps)
    const c = straight(pixelAt(row.sums, taps))
    taps = next(taps)
    const d = straight(pixelAt(row.sums, taps))
    taps = next(taps)
    v128.store(to, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)))
  }
}

/** From colours times alpha to colours; nothing has no colour. */
@inline function straight(pixel: v128): v128 {
  const alpha = f32x4.extract_lane(pixel, 3)
  const most: f32 = 255
  const color = f32x4.mul(pixel, f32x4.splat(alpha > 0 ? most / alpha : 0))
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.replace_lane(color, 3, alpha)))
}

@inline function pixelAt(sums: usize, taps: usize): v128 {
  let pixel = sums + load<u32>(taps)
  const end = pixel + (<usize>load<u32>(taps, 4) << 4)
  let sum = f32x4.splat(0)
  for (let weight = taps + 8; pixel < end; pixel += 16, weight += 4) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(pixel), v128.load32_splat(weight)))
  }
  return sum
}

@inline function next(taps: usize): usize {
  return taps + 8 + (<usize>load<u32>(taps, 4) << 2)
}
