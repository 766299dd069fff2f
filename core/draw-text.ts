import { blend, type Ink } from './draw'
import type { Raster } from './raster'

type Stroke = readonly (readonly [x: number, y: number])[]

interface Glyph {
  /** In tenths of the cap height, side bearings included. */
  readonly advance: number
  /** Centre lines of the pen, in tenths of the cap height, y down. */
  readonly strokes: readonly Stroke[]
}

const STROKE = 1.5 // width, tenths of the cap height
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

/** Coverage of each pixel, 0..1, width × height. */
interface Mask {
  readonly width: number
  readonly coverage: Float32Array
}

/** Figures and points of one height; it has no other characters. */
export class Pen {
  readonly height: number
  readonly #masks = new Map<string, Mask>()

  /** @param height of the figures, in pixels */
  constructor(height: number) {
    this.height = height
  }

  /** In pixels. */
  width(text: string): number {
    return [...text].reduce((width, char) => width + this.#mask(char).width, 0)
  }

  /** @param x left; @param y top of the figures */
  write(raster: Raster, text: string, x: number, y: number, ink: Ink): void {
    let left = x
    for (const char of text) {
      const mask = this.#mask(char)
      stamp(raster, mask, left, y, ink)
      left += mask.width
    }
  }

  #mask(char: string): Mask {
    const mask = this.#masks.get(char) ?? rasterize(GLYPHS[char], this.height)
    this.#masks.set(char, mask)
    return mask
  }
}

function stamp(raster: Raster, { width, coverage }: Mask, left: number, top: number, ink: Ink): void {
  for (let i = 0; i < coverage.length; i++) {
    const [x, y] = [left + (i % width), top + Math.floor(i / width)]
    const isInside = x >= 0 && y >= 0 && x < raster.width && y < raster.height
    if (isInside && coverage[i] > 0) blend(raster, x, y, ink, coverage[i])
  }
}

function rasterize({ strokes, advance }: Glyph, height: number): Mask {
  const unit = height / 10
  const width = Math.round(advance * unit)
  const coverage = Float32Array.from({ length: width * height }, (_, i) => {
    const distance = distanceTo(strokes, ((i % width) + 0.5) / unit, (Math.floor(i / width) + 0.5) / unit)
    return Math.min(1, Math.max(0, (STROKE / 2 - distance) * unit + 0.5))
  })
  return { width, coverage }
}

function distanceTo(strokes: readonly Stroke[], x: number, y: number): number {
  const distances = strokes.flatMap((points) =>
    points.map((point, i) => distanceToSegment(points[Math.max(0, i - 1)], point, x, y)),
  )
  return Math.min(...distances)
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
