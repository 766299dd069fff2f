import type { Raster } from '../../../core/raster'
import type { Homography, Point } from '../../../operators/match-feature/homography/homography'
import { applyHomography, invert } from '../../../operators/match-feature/homography/homography'
import { seeded } from '../../support'

interface Blob extends Point {
  readonly radius: number
  readonly gray: number
}

/** A plane with soft round spots of all sizes, which can be photographed from anywhere without resampling. */
export function spots(seed: number, count: number, width: number, height: number): Blob[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => ({
    x: random() * width,
    y: random() * height,
    radius: 1.5 * 6 ** random(),
    gray: (random() - 0.5) * 220,
  }))
}

/** @param view carries the plane to the picture */
export function photograph(
  blobs: readonly Blob[],
  width: number,
  height: number,
  view: Homography,
  light: (gray: number) => number = (gray) => gray,
): Raster {
  const toPlane = invert(view)
  if (!toPlane) throw new Error('this view flattens the plane')
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      data.fill(light(grayAt(blobs, applyHomography(toPlane, { x, y }))), (y * width + x) * 4)
  }
  return { width, height, data: data.map((value, i) => (i % 4 === 3 ? 255 : value)) }
}

function grayAt(blobs: readonly Blob[], { x, y }: Point): number {
  let gray = 128
  for (const blob of blobs) {
    const squared = ((x - blob.x) ** 2 + (y - blob.y) ** 2) / (2 * blob.radius ** 2)
    if (squared < 12) gray += blob.gray * Math.exp(-squared)
  }
  return gray
}

export const asItIs: Homography = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** Turned clockwise around a centre, scaled, and moved to another centre. */
export function turned(degrees: number, scale: number, centre: Point, to: Point): Homography {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180) * scale, Math.sin((degrees * Math.PI) / 180) * scale]
  return [
    [c, -s, to.x - c * centre.x + s * centre.y],
    [s, c, to.y - s * centre.x - c * centre.y],
    [0, 0, 1],
  ]
}
