import { fillRect, type Ink } from '../../core/draw'
import { fillDisc, type Spot, strokeCircle, strokeLine } from '../../core/draw-line'
import type { Codec } from '../../core/ports'
import type { Raster, Size } from '../../core/raster'
import type { FeatureMatch } from './spec'

const LARGEST: Size = { width: 2048, height: 2048 } // of each picture as drawn
const GROUND: Ink = { rgb: [24, 26, 32], alpha: 1 }
const CASING: Ink = { rgb: [10, 12, 18], alpha: 0.55 } // keeps lines visible on a bright picture
const OUTLIER: Ink = { rgb: [255, 82, 82], alpha: 0.75 }
const UNDECIDED: Ink = { rgb: [255, 190, 60], alpha: 0.9 } // no homography, so neither in nor out
const MANY = 150 // matches; more are drawn thinner and fainter, or the pictures would vanish below them

/**
 * Both pictures side by side with a line for every match. Inliers run from green at the top to blue at the bottom, so that
 * neighbouring lines can be followed; outliers are red and thin.
 */
export async function drawPairs(
  query: Raster,
  train: Raster,
  matches: readonly FeatureMatch[],
  hasHomography: boolean,
  codec: Codec,
): Promise<Raster> {
  const [left, right] = [await fit(query, codec), await fit(train, codec)]
  const gap = Math.max(4, Math.round((left.width + right.width) / 200))
  const size = { width: left.width + gap + right.width, height: Math.max(left.height, right.height) }
  const canvas: Raster = { ...size, data: new Uint8ClampedArray(size.width * size.height * 4) }
  fillRect(canvas, { x: 0, y: 0, w: size.width, h: size.height }, GROUND)
  const leftTop = paste(canvas, left, 0)
  const rightTop = paste(canvas, right, left.width + gap)
  const lines = matches.map((match) => ({
    from: place(match.query_x, match.query_y, left.width / query.width, 0, leftTop),
    to: place(match.train_x, match.train_y, right.width / train.width, left.width + gap, rightTop),
    inlier: match.inlier,
  }))
  drawLines(canvas, lines, hasHomography)
  return canvas
}

interface Line {
  readonly from: Spot
  readonly to: Spot
  readonly inlier: boolean
}

const fit = async (raster: Raster, codec: Codec): Promise<Raster> =>
  raster.width > LARGEST.width || raster.height > LARGEST.height ? codec.shrink(raster, LARGEST) : raster

const place = (x: number, y: number, scale: number, left: number, top: number): Spot => ({
  x: left + (x + 0.5) * scale,
  y: top + (y + 0.5) * scale,
})

/** Lays a picture over the ground, in the middle of the height; returns its top. */
function paste(canvas: Raster, { width, height, data }: Raster, left: number): number {
  const top = Math.floor((canvas.height - height) / 2)
  for (let i = 0; i < width * height; i++) {
    const to = ((top + Math.floor(i / width)) * canvas.width + left + (i % width)) * 4
    const alpha = data[i * 4 + 3] / 255
    for (let c = 0; c < 3; c++) canvas.data[to + c] = data[i * 4 + c] * alpha + canvas.data[to + c] * (1 - alpha)
  }
  return top
}

/** Outliers first, so that they never hide an inlier; dots last, so that no line hides them. */
function drawLines(canvas: Raster, lines: readonly Line[], hasHomography: boolean): void {
  const unit = Math.max(canvas.width, canvas.height) / 1600
  const isDense = lines.length > MANY
  const thickness = Math.max(1, unit * (isDense ? 1 : 1.6))
  const inks = lines.map(({ from, inlier }) => {
    if (!hasHomography) return UNDECIDED
    return inlier ? rainbow(from.y / canvas.height, isDense ? 0.7 : 0.95) : OUTLIER
  })
  const order = [...lines.keys()].sort((a, b) => Number(lines[a].inlier) - Number(lines[b].inlier))
  for (const i of order) {
    const { from, to, inlier } = lines[i]
    const width = hasHomography && !inlier ? thickness * 0.7 : thickness
    if (!isDense) strokeLine(canvas, from, to, width + 1.5 * unit, CASING)
    strokeLine(canvas, from, to, width, inks[i])
  }
  const radius = Math.max(2, unit * (isDense ? 2.2 : 3.5))
  for (const i of order) {
    for (const spot of [lines[i].from, lines[i].to]) {
      fillDisc(canvas, spot, radius, { ...inks[i], alpha: 1 })
      strokeCircle(canvas, spot, radius + unit / 2, Math.max(1, unit), CASING)
    }
  }
}

/** Green over turquoise to blue; `share` 0..1. */
function rainbow(share: number, alpha: number): Ink {
  const stops = [
    [124, 232, 92],
    [38, 214, 188],
    [88, 148, 255],
  ] as const
  const at = Math.min(0.999, Math.max(0, share)) * 2
  const [a, b] = [stops[Math.floor(at)], stops[Math.floor(at) + 1]]
  const mix = (c: 0 | 1 | 2) => a[c] + (b[c] - a[c]) * (at % 1)
  return { rgb: [mix(0), mix(1), mix(2)], alpha }
}
