/** A place in a picture, in pixels; the centre of the first pixel is 0, 0. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A point and the place in the other picture where it is seen. */
export interface PointPair {
  readonly from: Point
  readonly to: Point
}

type Row = readonly [number, number, number]

/** Carries points of one picture of a plane to another: 3 rows of 3, the last number 1. */
export type Homography = readonly [Row, Row, Row]

/** A point on the horizon of the plane comes out infinite. */
export function applyHomography([a, b, c]: Homography, { x, y }: Point): Point {
  const w = c[0] * x + c[1] * y + c[2]
  return { x: (a[0] * x + a[1] * y + a[2]) / w, y: (b[0] * x + b[1] * y + b[2]) / w }
}

export function multiply(left: Homography, right: Homography): Homography {
  const row = (r: Row): Row =>
    [0, 1, 2].map((c) => r[0] * right[0][c] + r[1] * right[1][c] + r[2] * right[2][c]) as never
  return [row(left[0]), row(left[1]), row(left[2])]
}

export function determinant([[a, b, c], [d, e, f], [g, h, i]]: Homography): number {
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}

/** The way back; nothing for a matrix that flattens the plane. */
export function invert(matrix: Homography): Homography | undefined {
  const det = determinant(matrix)
  if (!Number.isFinite(1 / det)) return undefined
  const [[a, b, c], [d, e, f], [g, h, i]] = matrix
  return unit([
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ])
}

/** Scaled so that the last number is 1. */
export function unit([a, b, c]: Homography): Homography {
  const row = (r: Row): Row => [r[0] / c[2], r[1] / c[2], r[2] / c[2]]
  return [row(a), row(b), row(c)]
}
