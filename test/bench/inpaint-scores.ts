import type { Raster } from '../../core/raster'

/** Peak signal-to-noise ratio over the hole, dB: higher is better. */
export function psnr(a: Raster, b: Raster, mask: Uint8Array): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue
    for (let c = 4 * i; c < 4 * i + 3; c++) sum += (a.data[c] - b.data[c]) ** 2
    count += 3
  }
  return 10 * Math.log10((255 ** 2 * count) / Math.max(sum, 1e-9))
}

interface Plane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/**
 * Structural similarity of brightness, the mean over the pixels of the hole, -1..1: higher is better. Gaussian window of
 * 11 × 11 with σ = 1.5, K = (0.01, 0.03).
 *
 * @see Wang, Bovik, Sheikh & Simoncelli, "Image quality assessment: from error visibility to structural similarity", 2004
 */
export function ssim(a: Raster, b: Raster, mask: Uint8Array): number {
  const [x, y] = [luma(a), luma(b)]
  const [meanX, meanY] = [blurred(x), blurred(y)]
  const [xx, yy, xy] = [product(x, x), product(y, y), product(x, y)].map(blurred)
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2]
  let [sum, count] = [0, 0]
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue
    const [mx, my] = [meanX.data[i], meanY.data[i]]
    const [vx, vy, cov] = [xx.data[i] - mx * mx, yy.data[i] - my * my, xy.data[i] - mx * my]
    sum += ((2 * mx * my + c1) * (2 * cov + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2))
    count++
  }
  return sum / count
}

/**
 * Gradient magnitude similarity deviation of the whole picture, 0 and up: lower is better. On brightness halved by
 * averaging, Prewitt gradients, c = 170.
 *
 * @see Xue, Zhang, Mou & Bovik, "Gradient magnitude similarity deviation", IEEE TIP 2014
 */
export function gmsd(a: Raster, b: Raster): number {
  const [x, y] = [a, b].map((raster) => gradients(halved(luma(raster))))
  let [sum, squares] = [0, 0]
  for (let i = 0; i < x.length; i++) {
    const like = (2 * x[i] * y[i] + 170) / (x[i] ** 2 + y[i] ** 2 + 170)
    sum += like
    squares += like * like
  }
  return Math.sqrt(Math.max(0, squares / x.length - (sum / x.length) ** 2))
}

function luma({ width, height, data }: Raster): Plane {
  const gray = Float32Array.from(
    { length: width * height },
    (_, i) => 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2],
  )
  return { width, height, data: gray }
}

const product = (a: Plane, b: Plane): Plane => ({ ...a, data: a.data.map((v, i) => v * b.data[i]) })

const RADIUS = 5
const WINDOW = Array.from({ length: 2 * RADIUS + 1 }, (_, i) => Math.exp(-((i - RADIUS) ** 2) / (2 * 1.5 ** 2)))

/** Edges repeat. */
const blurred = (plane: Plane): Plane => blurredColumns(blurredColumns(plane))

/** Blurs columns and transposes: twice is both ways. */
function blurredColumns({ width, height, data }: Plane): Plane {
  const total = WINDOW.reduce((sum, w) => sum + w)
  const out = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let k = -RADIUS; k <= RADIUS; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k)) * width
      const weight = WINDOW[k + RADIUS] / total
      for (let x = 0; x < width; x++) out[x * height + y] += weight * data[from + x]
    }
  }
  return { width: height, height: width, data: out }
}

function halved({ width, height, data }: Plane): Plane {
  const [w, h] = [width >> 1, height >> 1]
  const out = new Float32Array(w * h)
  for (let i = 0; i < out.length; i++) {
    const at = 2 * Math.floor(i / w) * width + 2 * (i % w)
    out[i] = (data[at] + data[at + 1] + data[at + width] + data[at + width + 1]) / 4
  }
  return { width: w, height: h, data: out }
}

/** Magnitudes; 0 at the edge. */
function gradients({ width, height, data }: Plane): Float32Array {
  const out = new Float32Array(width * height)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const column = (at: number) => data[at - width] + data[at] + data[at + width]
      const row = (at: number) => data[at - 1] + data[at] + data[at + 1]
      out[i] = Math.hypot(column(i - 1) - column(i + 1), row(i - width) - row(i + width)) / 3
    }
  }
  return out
}
