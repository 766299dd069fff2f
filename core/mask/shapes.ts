import type { Rect } from '../draw'
import type { CoverRow } from './draft'
import { union } from './mask'

/** A round brush at one place of a stroke, in pixels of the picture. */
export interface Dab {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** A shape, and where it may cover something. */
export interface Shape {
  readonly region: Rect
  readonly cover: CoverRow
}

const around = ({ x, y, radius }: Dab): Rect => ({
  x: x - radius - 1,
  y: y - radius - 1,
  w: 2 * radius + 2,
  h: 2 * radius + 2,
})

/**
 * What a round brush covers on its way from one dab to the next; its radius changes evenly.
 *
 * @param hardness 0..1, the part of the radius that is covered fully; from there it fades to the rim
 */
export function strokeShape(from: Dab, to: Dab, hardness: number): Shape {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length2 = dx * dx + dy * dy
  const cover: CoverRow = (y, left, row) => {
    const py = y + 0.5 - from.y
    for (let i = 0; i < row.length; i++) {
      const px = left + i + 0.5 - from.x
      const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2))
      const distance = length(px - t * dx, py - t * dy)
      const radius = from.radius + t * (to.radius - from.radius)
      row[i] = 255 * faded(radius + 0.5 - distance, Math.max(1, radius * (1 - hardness)))
    }
  }
  return { region: union(around(from), around(to)), cover }
}

/** Quicker than `Math.hypot`, which minds numbers too large for pictures. */
const length = (x: number, y: number) => Math.sqrt(x * x + y * y)

/** @param inside pixels from the rim @param width of the fading part, in pixels; of 1, it is the plain edge of a disc */
function faded(inside: number, width: number): number {
  if (inside <= 0) return 0
  if (inside >= width) return 1
  const t = inside / width
  return width === 1 ? t : t * t * (3 - 2 * t)
}

export function rectangleShape({ x, y, w, h }: Rect): Shape {
  const cover: CoverRow = (line, left, row) => {
    const tall = overlap(line, y, y + h)
    for (let i = 0; i < row.length; i++) row[i] = Math.round(255 * tall * overlap(left + i, x, x + w))
  }
  return { region: { x, y, w, h }, cover }
}

/** How much of the pixel from `at` to `at + 1` lies between two places. */
const overlap = (at: number, from: number, to: number): number => Math.max(0, Math.min(at + 1, to) - Math.max(at, from))

export type Corner = readonly [x: number, y: number]

const LINES = 4 // in each row: the edge of a polygon has this many steps, and 255 in the other direction

/** What lies within a closed line; also where it crosses itself. */
export function polygonShape(corners: readonly Corner[]): Shape {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const [x, y] = [least(xs), least(ys)]
  const edges = corners.map((corner, i) => edge(corner, corners[(i + 1) % corners.length])).filter(({ winds }) => winds)
  const cover: CoverRow = (line, left, row) => {
    const near = edges.filter(({ top, bottom }) => top < line + 1 && bottom > line)
    if (near.length === 0) return
    const sums = new Float64Array(row.length)
    for (let i = 0; i < LINES; i++) addSpans(sums, spans(near, line + (i + 0.5) / LINES), left)
    for (let i = 0; i < row.length; i++) row[i] = Math.round((255 * Math.min(LINES, sums[i])) / LINES)
  }
  return { region: { x, y, w: most(xs) - x, h: most(ys) - y }, cover }
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity)

interface Edge {
  readonly top: number
  readonly bottom: number
  /** Where it crosses `top`, and how far it goes aside with each row. */
  readonly x: number
  readonly slope: number
  /** 1 when it goes down, -1 when it goes up, 0 when it lies flat. */
  readonly winds: number
}

function edge([ax, ay]: Corner, [bx, by]: Corner): Edge {
  const slope = (bx - ax) / (by - ay)
  return { top: Math.min(ay, by), bottom: Math.max(ay, by), x: ay < by ? ax : bx, slope, winds: Math.sign(by - ay) }
}

/** From where to where a line at height `y` runs inside, pair by pair. */
function spans(edges: readonly Edge[], y: number): number[] {
  const crossings = edges
    .filter(({ top, bottom }) => top <= y && y < bottom)
    .map(({ top, x, slope, winds }) => ({ x: x + (y - top) * slope, winds }))
    .sort((a, b) => a.x - b.x)
  const ends: number[] = []
  let winding = 0
  for (const { x, winds } of crossings) {
    if (winding === 0 || winding + winds === 0) ends.push(x)
    winding += winds
  }
  return ends
}

function addSpans(sums: Float64Array, ends: readonly number[], left: number): void {
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [from, to] = [ends[i] - left, ends[i + 1] - left]
    for (let p = Math.max(0, Math.floor(from)); p < Math.min(sums.length, to); p++) sums[p] += overlap(p, from, to)
  }
}
