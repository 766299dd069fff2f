import type { Raster } from '../../core/raster'
import { type Homography, invert } from './homography/homography'

const LONGEST_SIDE = 2048

/**
 * The query picture as it lies on the train picture: as large as that, or smaller in proportion, and transparent where
 * the query does not reach.
 */
export function alignQuery(query: Raster, train: Raster, homography: Homography): Raster {
  const step = Math.max(1, Math.max(train.width, train.height) / LONGEST_SIDE)
  const [width, height] = [Math.max(1, Math.round(train.width / step)), Math.max(1, Math.round(train.height / step))]
  const aligned: Raster = { width, height, data: new Uint8ClampedArray(width * height * 4) }
  const toQuery = invert(homography)
  if (!toQuery) return aligned
  const [a, b, c] = toQuery
  for (let row = 0; row < height; row++) {
    const y = (row + 0.5) * step - 0.5
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) * step - 0.5
      const w = c[0] * x + c[1] * y + c[2]
      const u = (a[0] * x + a[1] * y + a[2]) / w
      const v = (b[0] * x + b[1] * y + b[2]) / w
      if (u >= -0.5 && v >= -0.5 && u <= query.width - 0.5 && v <= query.height - 0.5) {
        sample(query, u, v, aligned.data, (row * width + column) * 4)
      }
    }
  }
  return aligned
}

/** Bilinear, the edge pixels repeated. */
function sample({ width, height, data }: Raster, x: number, y: number, out: Uint8ClampedArray, to: number): void {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [inX, inY] = [x - left, y - top]
  const [x0, x1] = [Math.max(0, left), Math.min(width - 1, left + 1)]
  const [y0, y1] = [Math.max(0, top) * width, Math.min(height - 1, top + 1) * width]
  for (let channel = 0; channel < 4; channel++) {
    const upper = data[(y0 + x0) * 4 + channel] * (1 - inX) + data[(y0 + x1) * 4 + channel] * inX
    const lower = data[(y1 + x0) * 4 + channel] * (1 - inX) + data[(y1 + x1) * 4 + channel] * inX
    out[to + channel] = upper * (1 - inY) + lower * inY
  }
}
