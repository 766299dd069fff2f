import type { Box } from '../../core/crop'
import type { Size } from '../../core/raster'

/** Corners x1, y1 … of a polygon in picture pixels, the corner of the first pixel at (0, 0). */
export type Polygon = readonly number[]

/** A polygon of four: clockwise as seen, from the top left of the text. */
export type Quad = Polygon

/** Positive where the corners go round clockwise as seen. */
export function area(polygon: Polygon): number {
  let twice = 0
  for (let i = 0; i < polygon.length; i += 2) {
    const [nextX, nextY] = corner(polygon, i + 2)
    twice += polygon[i] * nextY - nextX * polygon[i + 1]
  }
  return twice / 2
}

/** The corner at an index, which goes round. */
const corner = (polygon: Polygon, index: number): [x: number, y: number] => {
  const at = (index + polygon.length) % polygon.length
  return [polygon[at], polygon[at + 1]]
}

export function center(polygon: Polygon): [x: number, y: number] {
  const corners = polygon.length / 2
  let [x, y] = [0, 0]
  for (let i = 0; i < polygon.length; i += 2) {
    x += polygon[i] / corners
    y += polygon[i + 1] / corners
  }
  return [x, y]
}

export function bounds(polygon: Polygon): Box {
  let [left, top, right, bottom] = [polygon[0], polygon[1], polygon[0], polygon[1]]
  for (let i = 2; i < polygon.length; i += 2) {
    left = Math.min(left, polygon[i])
    right = Math.max(right, polygon[i])
    top = Math.min(top, polygon[i + 1])
    bottom = Math.max(bottom, polygon[i + 1])
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Mean lengths of the sides along and across the text. */
export function sides([x1, y1, x2, y2, x3, y3, x4, y4]: Quad): Size {
  return {
    width: (Math.hypot(x2 - x1, y2 - y1) + Math.hypot(x3 - x4, y3 - y4)) / 2,
    height: (Math.hypot(x4 - x1, y4 - y1) + Math.hypot(x3 - x2, y3 - y2)) / 2,
  }
}

/** Whether the corners go round in one direction, without touching each other: such a quad can be covered. */
export function isConvex(quad: Quad): boolean {
  const turns = [0, 2, 4, 6].map((i) => {
    const [[ax, ay], [bx, by], [cx, cy]] = [corner(quad, i), corner(quad, i + 2), corner(quad, i + 4)]
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
  })
  return turns.every((turn) => turn > 1e-6) || turns.every((turn) => turn < -1e-6)
}

/** The part of a convex polygon that lies inside another; empty when they do not meet. Sutherland and Hodgman, 1974. */
export function intersection(subject: Polygon, clip: Polygon): Polygon {
  const direction = Math.sign(area(clip))
  let kept: Polygon = subject
  for (let i = 0; i < clip.length && kept.length > 0; i += 2) {
    kept = half(kept, corner(clip, i), corner(clip, i + 2), direction)
  }
  return kept
}

type Point = readonly [x: number, y: number]

/** What lies on the inner side of the line from `a` to `b`. */
function half(polygon: Polygon, a: Point, b: Point, direction: number): Polygon {
  const inside = ([x, y]: Point) => direction * ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]))
  const kept: number[] = []
  for (let i = 0; i < polygon.length; i += 2) {
    const [here, next] = [corner(polygon, i), corner(polygon, i + 2)]
    const [distance, nextDistance] = [inside(here), inside(next)]
    if (distance >= 0) kept.push(...here)
    if (distance * nextDistance < 0) {
      const share = distance / (distance - nextDistance)
      kept.push(here[0] + (next[0] - here[0]) * share, here[1] + (next[1] - here[1]) * share)
    }
  }
  return kept
}

/** Area of what two convex polygons share. */
export const sharedArea = (a: Polygon, b: Polygon): number => Math.abs(area(intersection(a, b)))

export const rectangle = ({ x, y, width, height }: Box): Quad => [
  x,
  y,
  x + width,
  y,
  x + width,
  y + height,
  x,
  y + height,
]

/** Every side moved outwards by `distance` pixels. */
export function expanded(quad: Quad, distance: number): Quad {
  if (distance === 0) return quad
  const direction = Math.sign(area(quad))
  const lines = [0, 2, 4, 6].map((i) => movedLine(corner(quad, i), corner(quad, i + 2), distance * direction))
  return [0, 1, 2, 3].flatMap((i) => crossing(lines[(i + 3) % 4], lines[i]) ?? corner(quad, 2 * i))
}

/** A line as a·x + b·y = c, with (a, b) of length one. */
type Line = readonly [a: number, b: number, c: number]

function movedLine([ax, ay]: Point, [bx, by]: Point, distance: number): Line {
  const length = Math.hypot(bx - ax, by - ay) || 1
  const [a, b] = [(by - ay) / length, -(bx - ax) / length]
  return [a, b, a * ax + b * ay + distance]
}

function crossing([a, b, c]: Line, [d, e, f]: Line): [number, number] | undefined {
  const determinant = a * e - b * d
  if (Math.abs(determinant) < 1e-9) return undefined
  return [(c * e - b * f) / determinant, (a * f - c * d) / determinant]
}
