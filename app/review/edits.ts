import { center, isConvex } from '../../operators/cover-plates/quad'

/** Corners in picture pixels, clockwise from the top left of what is written. */
export interface EditQuad {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly x3: number
  readonly y3: number
  readonly x4: number
  readonly y4: number
  /** Null for one that people made. */
  readonly score: number | null
}

/** Shares of the picture, 0..1. */
export interface Zone {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** What people say about one picture. */
export interface Edits {
  /** Null as long as what was found is left as it is. */
  readonly quads: readonly EditQuad[] | null
  readonly zones: readonly Zone[]
}

export type Corner = readonly [x: number, y: number]

export const cornersOf = ({ x1, y1, x2, y2, x3, y3, x4, y4 }: EditQuad): Corner[] => [
  [x1, y1],
  [x2, y2],
  [x3, y3],
  [x4, y4],
]

/** A field of `result_data` as quads. */
export const quadsIn = (data: Readonly<Record<string, unknown>>, field: string): readonly (EditQuad & Shown)[] =>
  (data[field] as readonly (EditQuad & Shown)[] | undefined) ?? []

interface Shown {
  /** Left out by an exclusion zone. */
  readonly covered?: boolean
}

function withCorners([a, b, c, d]: readonly Corner[], score: number | null): EditQuad {
  return { x1: a[0], y1: a[1], x2: b[0], y2: b[1], x3: c[0], y3: c[1], x4: d[0], y4: d[1], score }
}

export const moved = (quad: EditQuad, dx: number, dy: number): EditQuad =>
  withCorners(
    cornersOf(quad).map(([x, y]) => [x + dx, y + dy]),
    quad.score,
  )

/** Undefined where the corners would no longer go round: such a quad cannot be covered. */
export function withCornerAt(quad: EditQuad, index: number, corner: Corner): EditQuad | undefined {
  const corners = cornersOf(quad)
  corners[index] = corner
  return isConvex(corners.flat()) ? withCorners(corners, quad.score) : undefined
}

/** Around its middle, clockwise. */
export function turned(quad: EditQuad, degrees: number): EditQuad {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const [cx, cy] = center(cornersOf(quad).flat())
  const turn = ([x, y]: Corner): Corner => [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos]
  return withCorners(cornersOf(quad).map(turn), quad.score)
}

/** The upright quad between two points; undefined when it is too small to be meant. */
export function drawn(from: Corner, to: Corner): EditQuad | undefined {
  const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])]
  const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])]
  if (right - left < LEAST || bottom - top < LEAST) return undefined
  return withCorners(
    [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ],
    null,
  )
}

const LEAST = 3 // pixels

/** The zone between two points; undefined when it is too small to be meant, or outside. */
export function drawnZone(from: Corner, to: Corner, width: number, height: number): Zone | undefined {
  const share = (value: number, length: number) => Math.min(1, Math.max(0, value / length))
  const [left, right] = [share(Math.min(from[0], to[0]), width), share(Math.max(from[0], to[0]), width)]
  const [top, bottom] = [share(Math.min(from[1], to[1]), height), share(Math.max(from[1], to[1]), height)]
  if ((right - left) * width < LEAST || (bottom - top) * height < LEAST) return undefined
  return { x: left, y: top, w: right - left, h: bottom - top }
}

/** Those that are not among the others yet, corner for corner. */
export function notAmong(quads: readonly EditQuad[], others: readonly EditQuad[]): EditQuad[] {
  const taken = new Set(others.map((quad) => cornersOf(quad).join(' ')))
  return quads.filter((quad) => !taken.has(cornersOf(quad).join(' ')))
}

/** As the tool takes it: a score goes along, nothing else does. */
export const toParam = ({ x1, y1, x2, y2, x3, y3, x4, y4, score }: EditQuad): EditQuad => ({
  ...{ x1, y1, x2, y2, x3, y3, x4, y4, score },
})
