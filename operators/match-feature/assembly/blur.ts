// Separable Gaussian blur on i16 planes. Neighbours at the same distance share a weight, so they are added first; two
// such sums are interleaved and one dot product applies two weights to four pixels at once.

const ROUNDING: i32 = 1 << 14 // weights are in 1/32768

// @ts-ignore: decorator
@inline
function pack(low: v128, high: v128): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 15), i32x4.shr_s(high, 15))
}

// @ts-ignore: decorator
@inline
function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
}

// @ts-ignore: decorator
@inline
function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
}

// @ts-ignore: decorator
@inline
function reflect(i: i32, length: i32): i32 {
  while (i < 0 || i >= length) i = i < 0 ? -i : 2 * (length - 1) - i
  return i
}

/** Copies a row and mirrors `radius` pixels over each end, the border pixel not repeated. */
function pad(row: usize, padded: usize, width: i32, stride: i32, radius: i32): void {
  memory.copy(padded, row, <usize>stride << 1)
  if (width == 1) {
    for (let k = -radius; k <= radius; k++) store<i16>(padded + (k << 1), load<i16>(row))
    return
  }
  for (let k = 1; k <= radius; k++) {
    store<i16>(padded - (<usize>k << 1), load<i16>(row + (<usize>reflect(-k, width) << 1)))
    const right = width - 1 + k
    store<i16>(padded + (<usize>right << 1), load<i16>(row + (<usize>reflect(right, width) << 1)))
  }
}

function blurAlong(padded: usize, out: usize, stride: i32, weights: usize, radius: i32): void {
  for (let x = 0; x < stride; x += 16) {
    const at = padded + (<usize>x << 1)
    let w = v128.load(weights)
    let near = v128.load(at)
    let far = i16x8.add(v128.load(at - 2), v128.load(at + 2))
    let a = i32x4.add(i32x4.splat(ROUNDING), i32x4.dot_i16x8_s(interleaveLow(near, far), w))
    let b = i32x4.add(i32x4.splat(ROUNDING), i32x4.dot_i16x8_s(interleaveHigh(near, far), w))
    near = v128.load(at, 16)
    far = i16x8.add(v128.load(at - 2, 16), v128.load(at + 2, 16))
    let c = i32x4.add(i32x4.splat(ROUNDING), i32x4.dot_i16x8_s(interleaveLow(near, far), w))
    let d = i32x4.add(i32x4.splat(ROUNDING), i32x4.dot_i16x8_s(interleaveHigh(near, far), w))
    for (let k = 2; k < radius; k += 2) {
      const offset = <usize>k << 1
      w = v128.load(weights + (<usize>k << 3))
      near = i16x8.add(v128.load(at - offset), v128.load(at + offset))
      far = i16x8.add(v128.load(at - offset - 2), v128.load(at + offset + 2))
      a = i32x4.add(a, i32x4.dot_i16x8_s(interleaveLow(near, far), w))
      b = i32x4.add(b, i32x4.dot_i16x8_s(interleaveHigh(near, far), w))
      near = i16x8.add(v128.load(at - offset, 16), v128.load(at + offset, 16))
      far = i16x8.add(v128.load(at - offset - 2, 16), v128.load(at + offset + 2, 16))
      c = i32x4.add(c, i32x4.dot_i16x8_s(interleaveLow(near, far), w))
      d = i32x4.add(d, i32x4.dot_i16x8_s(interleaveHigh(near, far), w))
    }
    v128.store(out + (<usize>x << 1), pack(a, b))
    v128.store(out + (<usize>x << 1), pack(c, d), 16)
  }
}

/** @param rows addresses of the 2 radius + 1 rows around the output row */
function blurAcross(rows: usize, out: usize, stride: i32, weights: usize, radius: i32): void {
  const middle = rows + (<usize>radius << 2)
  for (let x = 0; x < stride; x += 16) {
    const at = <usize>x << 1
    let w = v128.load(weights)
    const above = load<usize>(middle - 4) + at
    const here = load<usize>(middle) + at
    const below = load<usize>(middle + 4) + at
    let near = v128.load(here)
    let far = i16x8.add(v128.load(above), v128.load(below))
    let a = i32x4.add(i32x4.splat(ROUNDING), i32x4.dot_i16x8_s(interleaveLow(near, far), w))
    let b = i32x4.add(i32x4.splat(ROUNDING), i32x4.dot_i16x8_s(interleaveHigh(near, far), w))
    near = v128.load(here, 16)
    far = i16x8.add(v128.load(above, 16), v128.load(below, 16))
    let c = i32x4.add(i32x4.splat(ROUNDING), i32x4.dot_i16x8_s(interleaveLow(near, far), w))
    let d = i32x4.add(i32x4.splat(ROUNDING), i32x4.dot_i16x8_s(interleaveHigh(near, far), w))
    for (let k = 2; k < radius; k += 2) {
      const offset = <usize>k << 2
      w = v128.load(weights + (<usize>k << 3))
      const up = load<usize>(middle - offset) + at
      const down = load<usize>(middle + offset) + at
      const upper = load<usize>(middle - offset - 4) + at
      const lower = load<usize>(middle + offset + 4) + at
      near = i16x8.add(v128.load(up), v128.load(down))
      far = i16x8.add(v128.load(upper), v128.load(lower))
      a = i32x4.add(a, i32x4.dot_i16x8_s(interleaveLow(near, far), w))
      b = i32x4.add(b, i32x4.dot_i16x8_s(interleaveHigh(near, far), w))
      near = i16x8.add(v128.load(up, 16), v128.load(down, 16))
      far = i16x8.add(v128.load(upper, 16), v128.load(lower, 16))
      c = i32x4.add(c, i32x4.dot_i16x8_s(interleaveLow(near, far), w))
      d = i32x4.add(d, i32x4.dot_i16x8_s(interleaveHigh(near, far), w))
    }
    v128.store(out + at, pack(a, b))
    v128.store(out + at, pack(c, d), 16)
  }
}

/**
 * Blurs rows `from` to `to` of a plane; edges are mirrored.
 *
 * The rows filtered along x live in a ring of 2 radius + 1, which stays in cache. Calls must go from the top down, without
 * gaps and with the same scratch, since each one continues the ring of the one before.
 *
 * @param src height rows of `stride` i16, each -16384..16256, so that two may be added; pixels from `width` on may hold anything
 * @param weights (radius + 1) / 2 vectors of weights 0, 1, 0, 1 …; 2, 3, 2, 3 … in 1/32768 from the centre out
 * @param radius odd
 * @param stride a multiple of 16
 * @param scratch room for the ring, its 2 radius + 1 addresses, and one row with `radius` + 16 more pixels at each end
 */
export function blur(
  src: usize,
  dst: usize,
  width: i32,
  height: i32,
  stride: i32,
  from: i32,
  to: i32,
  weights: usize,
  radius: i32,
  scratch: usize,
): void {
  const size = 2 * radius + 1
  const bytes = <usize>stride << 1
  const table = scratch + <usize>size * bytes
  const padded = table + ((<usize>size * 4 + 15) & ~15) + (<usize>(radius + 16) << 1)
  let ready = from == 0 ? 0 : min(from + radius, height)
  for (let y = from; y < to; y++) {
    for (const last = min(y + radius + 1, height); ready < last; ready++) {
      pad(src + <usize>ready * bytes, padded, width, stride, radius)
      blurAlong(padded, scratch + <usize>(ready % size) * bytes, stride, weights, radius)
    }
    for (let k = -radius; k <= radius; k++) {
      const row = height == 1 ? 0 : reflect(y + k, height)
      store<usize>(table + (<usize>(k + radius) << 2), scratch + <usize>(row % size) * bytes)
    }
    blurAcross(table, dst + <usize>y * bytes, stride, weights, radius)
  }
}
