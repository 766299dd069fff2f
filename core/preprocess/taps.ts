/** What one output pixel of an axis is made of: neighbouring source pixels and their weights, which sum to 1. */
export interface Taps {
  readonly first: number
  readonly weights: readonly number[]
}

/**
 * For each of `target` pixels along an axis, what it is made of. Shrinking takes the mean of exactly the stretch that a
 * pixel covers (OpenCV's INTER_AREA); growing interpolates between pixel centres, which lie at halves (INTER_LINEAR).
 *
 * @param source pixels along the axis, at least 1
 */
export function axisTaps(source: number, target: number): readonly Taps[] {
  const step = source / target
  const tapsAt = step > 1 ? covered : between
  return Array.from({ length: target }, (_, index) => tapsAt(index, step, source))
}

function covered(index: number, step: number, source: number): Taps {
  const from = index * step
  const to = Math.min((index + 1) * step, source)
  const first = Math.floor(from + EPSILON)
  const weights: number[] = []
  for (let at = first; at < to - EPSILON; at++) weights.push((Math.min(at + 1, to) - Math.max(at, from)) / step)
  return { first, weights }
}

function between(index: number, step: number, source: number): Taps {
  const center = Math.min(Math.max((index + 0.5) * step - 0.5, 0), source - 1)
  const first = Math.floor(center)
  const fraction = center - first
  return { first, weights: fraction > EPSILON ? [1 - fraction, fraction] : [1] }
}

const EPSILON = 1e-9 // a sliver of a pixel that only rounding has made

/** As assembly/resize-row.ts reads them: bytes into a row of sums, how many, and the weights; then some of nothing. */
export function packTaps(taps: readonly Taps[]): ArrayBuffer {
  const words = taps.reduce((sum, { weights }) => sum + 2 + weights.length, 0)
  const buffer = new ArrayBuffer((words + 2 * PADDING) * 4)
  const integers = new Uint32Array(buffer)
  const floats = new Float32Array(buffer)
  let at = 0
  for (const { first, weights } of taps) {
    integers[at++] = first * SUM_BYTES
    integers[at++] = weights.length
    floats.set(weights, at)
    at += weights.length
  }
  return buffer
}

const SUM_BYTES = 16 // four 32-bit floats
const PADDING = 3 // output pixels are made four at a time
