// Exact search for the two nearest neighbours of every query. Best candidates of a query: index, index, distance, distance.

const LENGTH: usize = 128 * 2

// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7)) // a b a b
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7))
  return i32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3))
}

// @ts-ignore: decorator
@inline
function offer(best: usize, index: i32, distance: i32): void {
  if (distance >= load<i32>(best, 12)) return
  if (distance < load<i32>(best, 8)) {
    store<i32>(best, load<i32>(best), 4)
    store<i32>(best, load<i32>(best, 8), 12)
    store<i32>(best, index)
    store<i32>(best, distance, 8)
  } else {
    store<i32>(best, index, 4)
    store<i32>(best, distance, 12)
  }
}

function clear(best: usize, queries: i32): void {
  for (let q = 0; q < queries; q++) {
    const at = best + (<usize>q << 4)
    store<i64>(at, -1)
    store<i32>(at, i32.MAX_VALUE, 8)
    store<i32>(at, i32.MAX_VALUE, 12)
  }
}

function squaredNorm(vector: usize): i32 {
  let sum = i32x4.splat(0)
  for (let i: usize = 0; i < LENGTH; i += 16) {
    const v = v128.load(vector + i)
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v, v))
  }
  return i32x4.extract_lane(sums(sum, sum, sum, sum), 0)
}

// @ts-ignore: decorator
@inline
function offerFour(best: usize, index: i32, norms: v128, norm: i32, products: v128): void {
  const distances = i32x4.sub(i32x4.add(norms, i32x4.splat(norm)), i32x4.shl(products, 1))
  const limits = v128.load(seconds)
  const closer = i32x4.lt_s(distances, limits)
  if (!v128.any_true(closer)) return
  v128.store(found, distances)
  for (let lane: usize = 0; lane < 4; lane++) {
    offer(best + (lane << 4), index, load<i32>(found + (lane << 2)))
    store<i32>(seconds + (lane << 2), load<i32>(best + (lane << 4), 12))
  }
}

const seconds = memory.data(16)
const found = memory.data(16)

/**
 * @param query queries × 128 i16 in 0..255; room for three more, which are read but not reported, as for `best`
 * @param train trains × 128 i16, the last repeated once when their number is odd
 * @param norms room for trains + 1 i32
 * @param best four i32 a query: the two indices, -1 where there is none, and the two squared distances
 */
export function nearestVectors(query: usize, queries: i32, train: usize, trains: i32, norms: usize, best: usize): void {
  for (let t = 0; t < trains; t++) store<i32>(norms + (<usize>t << 2), squaredNorm(train + <usize>t * LENGTH))
  clear(best, (queries + 3) & ~3)
  for (let q = 0; q < queries; q += 4) {
    const q0 = query + <usize>q * LENGTH
    const own = i32x4(
      squaredNorm(q0),
      squaredNorm(q0 + LENGTH),
      squaredNorm(q0 + LENGTH * 2),
      squaredNorm(q0 + LENGTH * 3),
    )
    const to = best + (<usize>q << 4)
    v128.store(seconds, i32x4.splat(i32.MAX_VALUE))
    for (let t = 0; t < trains; t += 2) {
      const t0 = train + <usize>t * LENGTH
      let a0 = i32x4.splat(0)
      let a1 = a0
      let a2 = a0
      let a3 = a0
      let b0 = a0
      let b1 = a0
      let b2 = a0
      let b3 = a0
      for (let i: usize = 0; i < LENGTH; i += 16) {
        const a = v128.load(t0 + i)
        const b = v128.load(t0 + i, 256)
        let v = v128.load(q0 + i)
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(a, v))
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(b, v))
        v = v128.load(q0 + i, 256)
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(a, v))
        b1 = i32x4.add(b1, i32x4.dot_i16x8_s(b, v))
        v = v128.load(q0 + i, 512)
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(a, v))
        b2 = i32x4.add(b2, i32x4.dot_i16x8_s(b, v))
        v = v128.load(q0 + i, 768)
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(a, v))
        b3 = i32x4.add(b3, i32x4.dot_i16x8_s(b, v))
      }
      offerFour(to, t, own, load<i32>(norms + (<usize>t << 2)), sums(a0, a1, a2, a3))
      if (t + 1 < trains) {
        offerFour(to, t + 1, own, load<i32>(norms + (<usize>t << 2), 4), sums(b0, b1, b2, b3))
      }
    }
  }
}

/**
 * Squared distances from one query to some vectors.
 *
 * @param indices `count` i32
 * @param out `count` i32
 */
export function squaredDistances(query: usize, train: usize, indices: usize, count: i32, out: usize): void {
  for (let n = 0; n < count; n++) {
    const t = train + <usize>load<i32>(indices + (<usize>n << 2)) * LENGTH
    let sum = i32x4.splat(0)
    for (let i: usize = 0; i < LENGTH; i += 16) {
      const d = i16x8.sub(v128.load(t + i), v128.load(query + i))
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(d, d))
    }
    store<i32>(out + (<usize>n << 2), i32x4.extract_lane(sums(sum, sum, sum, sum), 0))
  }
}

// Whole words and their population count: on x86 that is one instruction, where a vector of bytes takes nine.
// @ts-ignore: decorator
@inline
function hamming(a: usize, b: usize, bytes: i32): i32 {
  let sum: u64 = 0
  for (let i: usize = 0; i < <usize>bytes; i += 16) {
    sum += popcnt(load<u64>(a + i) ^ load<u64>(b + i)) + popcnt(load<u64>(a + i, 8) ^ load<u64>(b + i, 8))
  }
  return <i32>sum
}

/** As `nearestVectors`, for strings of bits compared by Hamming distance. @param bytes of each, a multiple of 16 */
export function nearestBytes(query: usize, queries: i32, train: usize, trains: i32, bytes: i32, best: usize): void {
  clear(best, queries)
  for (let q = 0; q < queries; q++) {
    const own = query + <usize>(q * bytes)
    const to = best + (<usize>q << 4)
    for (let t = 0; t < trains; t++) offer(to, t, hamming(own, train + <usize>(t * bytes), bytes))
  }
}

/** As `squaredDistances`, for strings of bits. */
export function hammingDistances(
  query: usize,
  train: usize,
  bytes: i32,
  indices: usize,
  count: i32,
  out: usize,
): void {
  for (let n = 0; n < count; n++) {
    const t = load<i32>(indices + (<usize>n << 2))
    store<i32>(out + (<usize>n << 2), hamming(query, train + <usize>(t * bytes), bytes))
  }
}
