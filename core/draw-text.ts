import { blend, type Ink } from './draw'
import type { Raster } from './raster'

type Stroke = readonly (readonly [x: number, y: number])[]

interface Glyph {
  /** In tenths of the cap height, side bearings included. */
  readonly advance: number
  /** Centre lines of the pen, in tenths of the cap height, y down. */
  readonly strokes: readonly Stroke[]
}

const PEN = 1.5 // tenths of the cap height
const FIGURE = 7.6 // all figures are equally wide, so that scores line up
const BEARING = 1.3

// The figures of a round sans serif, as strokes rather than a bitmap, so that labels are crisp at every size.
const GLYPHS: Readonly<Record<string, Glyph>> = {
  '0': figure(arc(2.5, 5, 2.5, 4.25, 0, 360)),
  '1': figure([
    [0.7, 2.4],
    [3, 0.75],
    [3, 9.25],
  ]),
  '2': figure([...arc(2.5, 3.25, 2.4, 2.5, 195, 400), [0.2, 9.25], [5, 9.25]]),
  '3': figure(arc(2.4, 2.85, 2.2, 2.1, 205, 450), arc(2.4, 7.1, 2.5, 2.15, 270, 515)),
  '4': figure([
    [3.7, 9.25],
    [3.7, 0.75],
    [0, 6.7],
    [5.2, 6.7],
  ]),
  '5': figure([[4.5, 0.75], [0.9, 0.75], [0.5, 4.8], ...arc(2.4, 6.4, 2.6, 2.85, 220, 505)]),
  '6': figure(arc(2.5, 6.45, 2.45, 2.8, 0, 360), arc(5.6, 6.45, 5.55, 6.2, 180, 254)),
  '7': figure([
    [0.1, 0.75],
    [4.9, 0.75],
    [1.7, 9.25],
  ]),
  '8': figure(arc(2.5, 2.8, 2.05, 2.05, 0, 360), arc(2.5, 7.05, 2.5, 2.2, 0, 360)),
  '9': figure(arc(2.5, 3.55, 2.45, 2.8, 0, 360), arc(-0.6, 3.55, 5.55, 6.2, 0, 74)),
  '.': { advance: 3, strokes: [[[1.5, 9.1]]] },
}

/** In pixels, for a cap height in pixels. */
export function textWidth(text: string, height: number): number {
  return [...text].reduce((width, char) => width + advance(char, height), 0)
}

/**
 * Writes figures and points; any other character is an error of ours.
 *
 * @param y top of the figures
 * @param height of the figures, in pixels
 */
export function drawText(raster: Raster, text: string, x: number, y: number, height: number, ink: Ink): void {
  let left = x
  for (const char of text) {
    drawGlyph(raster, GLYPHS[char], left, y, height, ink)
    left += advance(char, height)
  }
}

const advance = (char: string, height: number) => Math.round((GLYPHS[char].advance * height) / 10)

function drawGlyph(raster: Raster, { strokes, advance }: Glyph, x: number, y: number, height: number, ink: Ink): void {
  const unit = height / 10
  const right = Math.min(raster.width, x + Math.ceil(advance * unit))
  for (let row = Math.max(0, y); row < Math.min(raster.height, y + height); row++) {
    for (let column = Math.max(0, x); column < right; column++) {
      const distance = distanceTo(strokes, (column + 0.5 - x) / unit, (row + 0.5 - y) / unit)
      const coverage = (PEN / 2 - distance) * unit + 0.5
      if (coverage > 0) blend(raster, column, row, ink, Math.min(1, coverage))
    }
  }
}

function distanceTo(strokes: readonly Stroke[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY
  for (const points of strokes) {
    for (let i = 0; i < points.length; i++) {
      nearest = Math.min(nearest, distanceToSegment(points[Math.max(0, i - 1)], points[i], x, y))
    }
  }
  return nearest
}

function distanceToSegment([ax, ay]: Stroke[number], [bx, by]: Stroke[number], x: number, y: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

function figure(...strokes: Stroke[]): Glyph {
  return { advance: FIGURE, strokes: strokes.map((points) => points.map(([x, y]) => [x + BEARING, y] as const)) }
}

/** Degrees, clockwise from three o'clock, since y points down. */
function arc(x: number, y: number, rx: number, ry: number, from: number, to: number): Stroke {
  const steps = Math.ceil(Math.abs(to - from) / 15)
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angleRad = ((from + ((to - from) * i) / steps) * Math.PI) / 180
    return [x + rx * Math.cos(angleRad), y + ry * Math.sin(angleRad)] as const
  })
}
