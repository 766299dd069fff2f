import type { Raster } from '../../core/raster'

const REACH = 0.05 // of the longer side: how far around a pixel contrast is measured
const SPREAD = 48 // gray levels that one standard deviation becomes
const QUIET = 3 // gray levels of noise that stay quiet: a flat area is not to be amplified into details

/**
 * The picture in gray, every part of it at the same contrast: details appear where it is dim, blurred or faint.
 *
 * @see Pizer et al., "Adaptive histogram equalization and its variations", CVGIP 1987, for contrast by neighbourhood
 */
export function amplify({ width, height, data }: Raster): Raster {
  const gray = Float32Array.from({ length: width * height }, (_, i) => {
    return 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]
  })
  const reach = Math.max(2, Math.round(REACH * Math.max(width, height)))
  const means = around(gray, width, height, reach)
  const squares = around(
    gray.map((value) => value * value),
    width,
    height,
    reach,
  )
  const amplified = new Uint8ClampedArray(data.length).fill(255)
  for (let i = 0; i < gray.length; i++) {
    const deviation = Math.sqrt(Math.max(0, squares[i] - means[i] ** 2))
    amplified.fill(128 + (SPREAD * (gray[i] - means[i])) / (deviation + QUIET), 4 * i, 4 * i + 3)
  }
  return { width, height, data: amplified }
}

/** Means over squares of `2 · reach + 1` pixels a side; at the edges, over what there is of them. */
function around(values: Float32Array, width: number, height: number, reach: number): Float32Array {
  const across = new Float32Array(values.length)
  for (let y = 0; y < height; y++) slide(values, across, y * width, 1, width, reach)
  const means = new Float32Array(values.length)
  for (let x = 0; x < width; x++) slide(across, means, x, width, height, reach)
  return means
}

/** Means along one row or column of `length` values that lie `step` apart. */
function slide(from: Float32Array, to: Float32Array, start: number, step: number, length: number, reach: number) {
  let [sum, count] = [0, 0]
  for (let i = 0; i < Math.min(reach, length); i++, count++) sum += from[start + i * step]
  for (let i = 0; i < length; i++) {
    if (i + reach < length) {
      sum += from[start + (i + reach) * step]
      count++
    }
    if (i > reach) {
      sum -= from[start + (i - reach - 1) * step]
      count--
    }
    to[start + i * step] = sum / count
  }
}
