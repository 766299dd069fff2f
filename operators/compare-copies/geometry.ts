import type { Size } from '../../core/raster'
import { applyHomography, type Homography, type Point } from '../match-feature/homography/homography'
import { outlineOf } from './alignment'

/** What was done to a picture's outline. */
export interface Geometry {
  /** The picture's corners on the other one, clockwise from its top left, pixels. */
  readonly outline: readonly Point[]
  /** Degrees clockwise, -180..180. */
  readonly turn: number
  /** Length on the other picture / length on the picture. */
  readonly scale: number
  /** Share of the picture that lies on the other one, 0..1; less when something was added around it. */
  readonly inside: number
  /** Share of the other picture that this one covers, 0..1; less when it was cropped. */
  readonly overlap: number
}

/** @param homography carries pixels of a picture of size `picture` to one of size `other` */
export function geometryOf(homography: Homography, picture: Size, other: Size): Geometry {
  const outline = outlineOf(picture).map((corner) => applyHomography(homography, corner))
  const [topLeft, topRight, bottomRight, bottomLeft] = outline
  const across = {
    x: topRight.x + bottomRight.x - topLeft.x - bottomLeft.x,
    y: topRight.y + bottomRight.y - topLeft.y - bottomLeft.y,
  }
  const shared = area(clip(outline, other))
  return {
    outline,
    turn: (Math.atan2(across.y, across.x) * 180) / Math.PI,
    scale: Math.sqrt(area(outline) / (picture.width * picture.height)),
    inside: Math.min(1, shared / area(outline)),
    overlap: Math.min(1, shared / (other.width * other.height)),
  }
}

/** Signed by the order of the corners: positive clockwise as y points down. */
function area(polygon: readonly Point[]): number {
  const twice = polygon.reduce((sum, { x, y }, i) => {
    const next = polygon[(i + 1) % polygon.length]
    return sum + x * next.y - next.x * y
  }, 0)
  return twice / 2
}

/** The part of a convex polygon inside the picture (Sutherland and Hodgman, CACM 1974). */
function clip(polygon: readonly Point[], { width, height }: Size): Point[] {
  const sides: ((point: Point) => number)[] = [
    ({ x }) => x + 0.5,
    ({ x }) => width - 0.5 - x,
    ({ y }) => y + 0.5,
    ({ y }) => height - 0.5 - y,
  ]
  return sides.reduce<Point[]>(cut, [...polygon])
}

function cut(polygon: readonly Point[], distance: (point: Point) => number): Point[] {
  return polygon.flatMap((here, i) => {
    const next = polygon[(i + 1) % polygon.length]
    const [from, to] = [distance(here), distance(next)]
    const kept = from >= 0 ? [here] : []
    if (from >= 0 === to >= 0) return kept
    const share = from / (from - to)
    return [...kept, { x: here.x + share * (next.x - here.x), y: here.y + share * (next.y - here.y) }]
  })
}
