import type { Raster } from '../../../core/raster'
import { seeded } from '../../support'

/** A scene without edges: soft waves and grain, of other colours and places for each seed. */
export function scene(width: number, height: number, seed: number): Raster {
  const random = seeded(seed * 7919 + 1)
  for (let i = 0; i < 9; i++) random()
  const waves = Array.from({ length: 15 }, () => [random() * 0.12, random() * 0.12, random() * 6, random() * 24])
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4
      for (let c = 0; c < 3; c++) {
        const sum = waves
          .slice(c * 5, c * 5 + 5)
          .reduce((all, [u, v, p, a]) => all + a * Math.sin(u * x + v * y + p), 0)
        data[i + c] = 118 + sum + (random() - 0.5) * 8
      }
      data[i + 3] = 255
    }
  }
  return { width, height, data }
}

/** Bars of three pixels, as wide letters would be: which pixels a mark of this size covers. */
const isInk = (x: number, y: number, w: number, h: number) =>
  x >= 0 && y >= 0 && x < w && y < h && (x % 9 < 3 || (y < 3 && x % 18 < 12) || (y >= h - 3 && x % 18 >= 6))

export interface Placed {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** The picture blended with a mark at these places, and where it is. */
export function withMark(image: Raster, places: readonly Placed[], opacity: number, color = 255) {
  const data = image.data.slice()
  const truth = new Uint8Array(image.width * image.height)
  for (let i = 0; i < truth.length; i++) {
    const [px, py] = [i % image.width, Math.floor(i / image.width)]
    if (!places.some(({ x, y, w, h }) => isInk(px - x, py - y, w, h))) continue
    truth[i] = 255
    for (let c = i * 4; c < i * 4 + 3; c++) data[c] = data[c] * (1 - opacity) + color * opacity
  }
  return { picture: { ...image, data }, truth }
}

/** Share of `truth` that `mask` covers. */
export function recall(mask: ArrayLike<number>, truth: Uint8Array): number {
  let [hit, all] = [0, 0]
  for (let i = 0; i < truth.length; i++) {
    if (!truth[i]) continue
    all++
    if (mask[i]) hit++
  }
  return hit / all
}
