/** A rectangle in pixels with its middle at (x, y); `w` runs along `angle` and is the longer side. */
export interface RotatedRect {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  /** Radians from the x axis towards y, in (−π/2, π/2]. */
  readonly angle: number
}

export type Point = readonly [x: number, y: number]

/**
 * The rectangle of least area that holds all points: one of its sides lies on a side of their hull.
 *
 * @param points one or more
 * @see Freeman and Shapira, "Determining the minimum-area encasing rectangle for an arbitrary closed curve", 1975
 */
export function minAreaRect(points: readonly Point[]): RotatedRect {
  const hull = convexHull(points)
  let best = encasing(hull, 0)
  for (const [i, [x, y]] of hull.entries()) {
    const [nextX, nextY] = hull[(i + 1) % hull.length]
    const rect = encasing(hull, Math.atan2(nextY - y, nextX - x))
    if (rect.w * rect.h < best.w * best.h) best = rect
  }
  return best
}

/** Andrew's monotone chain. */
function convexHull(points: readonly Point[]): readonly Point[] {
  if (points.length < 3) return points
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())]
}

function halfHull(sorted: readonly Point[]): Point[] {
  const half: Point[] = []
  for (const point of sorted) {
    while (half.length > 1 && !turnsLeft(half[half.length - 2], half[half.length - 1], point)) half.pop()
    half.push(point)
  }
  return half.slice(0, -1)
}

const turnsLeft = (a: Point, b: Point, c: Point): boolean =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0

function encasing(hull: readonly Point[], angle: number): RotatedRect {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const along = hull.map(([x, y]) => x * cos + y * sin)
  const across = hull.map(([x, y]) => y * cos - x * sin)
  const [left, right] = [Math.min(...along), Math.max(...along)]
  const [top, bottom] = [Math.min(...across), Math.max(...across)]
  const [u, v] = [(left + right) / 2, (top + bottom) / 2]
  const [w, h] = [right - left, bottom - top]
  const middle = { x: u * cos - v * sin, y: u * sin + v * cos }
  return w >= h
    ? { ...middle, w, h, angle: upright(angle) }
    : { ...middle, w: h, h: w, angle: upright(angle + Math.PI / 2) }
}

/** The same direction of a line, in (−π/2, π/2]. */
const upright = (angle: number): number => {
  const turned = angle - Math.PI * Math.round(angle / Math.PI)
  return turned <= -Math.PI / 2 + 1e-9 ? Math.PI / 2 : turned
}

/** The rectangle with all sides moved outward. */
export const expanded = (rect: RotatedRect, by: number): RotatedRect => ({
  ...rect,
  w: rect.w + 2 * by,
  h: rect.h + 2 * by,
})

/** The upright rectangle that holds it. */
export function boundsOf({ x, y, w, h, angle }: RotatedRect) {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  const [width, height] = [w * cos + h * sin, w * sin + h * cos]
  return { x: x - width / 2, y: y - height / 2, w: width, h: height }
}

/** How far a point lies outside, in pixels; negative inside. */
export function distanceTo({ x, y, w, h, angle }: RotatedRect, px: number, py: number): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const along = Math.abs((px - x) * cos + (py - y) * sin) - w / 2
  const across = Math.abs((py - y) * cos - (px - x) * sin) - h / 2
  return Math.max(along, across)
}
