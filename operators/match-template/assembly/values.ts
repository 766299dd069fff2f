// From correlations to what OpenCV's six methods say, one row of the map at a time, in place.

import { change, firstTwo, last, lastTwo, narrow, sumBefore } from './window'

// `kind`: what is made of the cross term X = Σ T·I, the patch's energy P = Σ I² and the template's energy E = Σ T².
const PRODUCT = 0 // X
const PRODUCT_NORMED = 1 // X / √(P·E)
const DIFFERENCE = 2 // E - 2X + P
const DIFFERENCE_NORMED = 3 // (E - 2X + P) / √(P·E)

/**
 * How to get X and P from what is known of a window: its correlation C, and per channel the sum S and over all channels
 * the sum Q of squares of its pixels less 128.
 *
 *     X = C + Σ slope·S + constant        P = Q + patchSlope·ΣS + patchConstant - patchSquares·ΣS²
 *
 * The driver writes it in this order: `VALUES_FLOATS` as 64-bit floats, then `VALUES_FIELDS` as 32-bit words.
 */
@unmanaged export class Values {
  slope0!: f64
  slope1!: f64
  slope2!: f64
  constant!: f64
  patchSlope!: f64
  patchConstant!: f64
  patchSquares!: f64
  energy!: f64 // E
  weak!: f64 // a P below this is small enough for rounding errors in C to show
  kind!: i32
  centered!: i32 // 1: patchSlope and patchConstant are 0, as for CCOEFF_NORMED
  channels!: i32 // 1 or 3
  sums!: usize // per column, of the first channel: 4 bytes readable before, 16 after
  sumsBytes!: usize
  squares!: usize // per column, over all channels, likewise
  width!: i32 // of the template
}

/**
 * @param map first value of the row
 * @param count of values
 * @param weak one byte for each four values, set to 1 where one of them is of a weak window
 */
export function valuesRow(o: Values, map: usize, count: i32, weak: usize): void {
  if (o.kind == PRODUCT_NORMED && o.centered) {
    if (o.channels == 1) eachFour(o, map, count, weak, false, true)
    else eachFour(o, map, count, weak, true, true)
  } else if (o.channels == 1) eachFour(o, map, count, weak, false, false)
  else eachFour(o, map, count, weak, true, false)
}

/** Sums are kept for two windows at a time; `Low` are the first two of four and `High` the last two. */
@inline function eachFour(o: Values, map: usize, count: i32, weak: usize, three: bool, coefficient: bool): void {
  const span = <usize>o.width << 2
  const end = map + (<usize>count << 2)
  let sums0 = o.sums
  let sums1 = sums0 + o.sumsBytes
  let sums2 = sums1 + o.sumsBytes
  let squares = o.squares
  let carry0 = sumBefore(sums0, span)
  let carry1 = three ? sumBefore(sums1, span) : carry0
  let carry2 = three ? sumBefore(sums2, span) : carry0
  let carryQ = sumBefore(squares, span)
  const constant = f64x2.splat(o.constant)
  for (; map < end; map += 16) {
    const dq = change(squares, span)
    const q = firstTwo(dq)
    const qLow = f64x2.add(carryQ, q)
    const qHigh = f64x2.add(f64x2.add(last(q), lastTwo(dq)), carryQ)
    carryQ = last(qHigh)
    squares += 16

    const d0 = change(sums0, span)
    const s0 = firstTwo(d0)
    const s0Low = f64x2.add(carry0, s0)
    const s0High = f64x2.add(f64x2.add(last(s0), lastTwo(d0)), carry0)
    carry0 = last(s0High)
    sums0 += 16

    const c = v128.load(map)
    const cHigh = v128.shuffle<f32>(c, c, 2, 3, 2, 3)
    let xLow = f64x2.add(f64x2.promote_low_f32x4(c), f64x2.mul(s0Low, f64x2.splat(o.slope0)))
    let xHigh = f64x2.add(f64x2.promote_low_f32x4(cHigh), f64x2.mul(s0High, f64x2.splat(o.slope0)))
    let sumLow = s0Low
    let sumHigh = s0High
    let squaredLow = f64x2.mul(s0Low, s0Low)
    let squaredHigh = f64x2.mul(s0High, s0High)
    if (three) {
      const d1 = change(sums1, span)
      const s1 = firstTwo(d1)
      const s1Low = f64x2.add(carry1, s1)
      const s1High = f64x2.add(f64x2.add(last(s1), lastTwo(d1)), carry1)
      carry1 = last(s1High)
      sums1 += 16
      const d2 = change(sums2, span)
      const s2 = firstTwo(d2)
      const s2Low = f64x2.add(carry2, s2)
      const s2High = f64x2.add(f64x2.add(last(s2), lastTwo(d2)), carry2)
      carry2 = last(s2High)
      sums2 += 16
      const slope1 = f64x2.splat(o.slope1)
      const slope2 = f64x2.splat(o.slope2)
      xLow = f64x2.add(xLow, f64x2.add(f64x2.mul(s1Low, slope1), f64x2.mul(s2Low, slope2)))
      xHigh = f64x2.add(xHigh, f64x2.add(f64x2.mul(s1High, slope1), f64x2.mul(s2High, slope2)))
      sumLow = f64x2.add(sumLow, f64x2.add(s1Low, s2Low))
      sumHigh = f64x2.add(sumHigh, f64x2.add(s1High, s2High))
      squaredLow = f64x2.add(squaredLow, f64x2.add(f64x2.mul(s1Low, s1Low), f64x2.mul(s2Low, s2Low)))
      squaredHigh = f64x2.add(squaredHigh, f64x2.add(f64x2.mul(s1High, s1High), f64x2.mul(s2High, s2High)))
    }
    xLow = f64x2.add(xLow, constant)
    xHigh = f64x2.add(xHigh, constant)

    const ofSquares = f64x2.splat(o.patchSquares)
    let pLow = f64x2.sub(qLow, f64x2.mul(squaredLow, ofSquares))
    let pHigh = f64x2.sub(qHigh, f64x2.mul(squaredHigh, ofSquares))
    if (!coefficient) {
      const slope = f64x2.splat(o.patchSlope)
      const start = f64x2.splat(o.patchConstant)
      pLow = f64x2.add(pLow, f64x2.add(f64x2.mul(sumLow, slope), start))
      pHigh = f64x2.add(pHigh, f64x2.add(f64x2.mul(sumHigh, slope), start))
    }
    const patch = narrow(pLow, pHigh)
    let value: v128
    if (coefficient) value = normed(narrow(xLow, xHigh), patch, o)
    else value = valueOf(xLow, xHigh, pLow, pHigh, patch, o)

    if (map + 16 <= end) v128.store(map, value)
    else putSome(map, end, value)
    const isWeak = v128.and(f32x4.lt(patch, f32x4.splat(<f32>o.weak)), f32x4.ge(patch, f32x4.splat(NOTHING)))
    const isInRow = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(<i32>(end - map) >> 2))
    if (v128.any_true(v128.and(isWeak, isInRow))) store<u8>(weak, 1)
    weak++
  }
}

// P·n and E·n are whole numbers, so what is below this is nothing but rounding.
const NOTHING: f32 = 0.25

/** X / √(P·E) within -1..1; 0 where there is nothing to compare. */
@inline function normed(cross: v128, patch: v128, o: Values): v128 {
  const ratio = f32x4.div(f32x4.mul(cross, f32x4.splat(<f32>(1 / Math.sqrt(o.energy)))), f32x4.sqrt(patch))
  const bounded = f32x4.pmax(f32x4.pmin(ratio, f32x4.splat(1)), f32x4.splat(-1))
  return v128.and(bounded, f32x4.ge(patch, f32x4.splat(NOTHING)))
}

@inline function valueOf(xLow: v128, xHigh: v128, pLow: v128, pHigh: v128, patch: v128, o: Values): v128 {
  if (o.kind < DIFFERENCE) {
    const cross = narrow(xLow, xHigh)
    return o.kind == PRODUCT ? cross : normed(cross, patch, o)
  }
  const energy = f64x2.splat(o.energy)
  const low = f64x2.sub(f64x2.add(energy, pLow), f64x2.add(xLow, xLow))
  const high = f64x2.sub(f64x2.add(energy, pHigh), f64x2.add(xHigh, xHigh))
  const difference = f32x4.max(narrow(low, high), f32x4.splat(0))
  if (o.kind == DIFFERENCE) return difference
  const something = f32x4.ge(patch, f32x4.splat(NOTHING))
  return v128.bitselect(normed(difference, patch, o), f32x4.splat(1), something)
}

function putSome(map: usize, end: usize, value: v128): void {
  store<f32>(map, f32x4.extract_lane(value, 0))
  if (map + 8 <= end) store<f32>(map, f32x4.extract_lane(value, 1), 4)
  if (map + 12 <= end) store<f32>(map, f32x4.extract_lane(value, 2), 8)
}
