import type { Box } from '../../core/crop'
import type { Size } from '../../core/raster'

export const TILINGS = ['auto', 'on', 'off'] as const
export type Tiling = (typeof TILINGS)[number]

/** A part of a picture as the model is to see it. */
export interface View {
  readonly part: Box
  /** Of the model's input, multiples of `STRIDE`. */
  readonly input: Size
  /** Longest plate to look for, in picture pixels: a tile is there for small ones, others are seen in the whole picture. */
  readonly longest: number
}

/** Side for which the model was trained. */
export const SIDE = 640
/** Of a second view of the whole picture, where plates that fill much of it have the size at which they are found best. */
const SMALL_SIDE = 320
export const STRIDE = 32

/** Of a tile, in model pixels: a plate wider than this is seen whole in the view of the whole picture. */
const OVERLAP = 128
/** Longest side, in pixels, from which small plates are lost in the view of the whole picture. */
const LARGE = 1280
/** Longest side that tiles are cut from, in model pixels. */
const MOST = { auto: 1920, on: 4096 } as const

/** The whole picture at two scales, and where small plates are to be found, tiles of it at a larger one. */
export function viewsOf(size: Size, tiling: Tiling): View[] {
  return [wholeView(size, SIDE), wholeView(size, SMALL_SIDE), ...tilesOf(size, tiling)]
}

export function wholeView({ width, height }: Size, side: number): View {
  const scale = side / Math.max(width, height)
  return {
    part: { x: 0, y: 0, width, height },
    input: { width: toStride(width * scale), height: toStride(height * scale) },
    longest: Number.POSITIVE_INFINITY,
  }
}

const toStride = (length: number): number => Math.max(1, Math.ceil(Math.round(length) / STRIDE)) * STRIDE

export function tilesOf({ width, height }: Size, tiling: Tiling): View[] {
  const longest = Math.max(width, height)
  if (tiling === 'off' || longest <= (tiling === 'auto' ? LARGE : SIDE)) return []
  const scale = Math.min(1, MOST[tiling] / longest)
  const input = { width: SIDE, height: SIDE }
  const tile = SIDE / scale
  return starts(height, tile, OVERLAP / scale).flatMap((y) =>
    starts(width, tile, OVERLAP / scale).map((x) => ({
      part: box(x, y, tile, { width, height }),
      input,
      longest: (2 * OVERLAP) / scale,
    })),
  )
}

/** Evenly spread, so that the last tile ends where the picture does. */
function starts(length: number, tile: number, overlap: number): number[] {
  if (length <= tile) return [0]
  const count = Math.ceil((length - overlap) / (tile - overlap))
  return Array.from({ length: count }, (_, i) => Math.floor((i * (length - tile)) / (count - 1)))
}

function box(x: number, y: number, tile: number, { width, height }: Size): Box {
  const side = Math.ceil(tile)
  return { x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) }
}

const EDGE = 2 // pixels

/** Whether a place keeps away from those sides of the view that are no sides of the picture; else another view sees all of it. */
export function showsWhole({ part }: View, { x, y, width, height }: Box, picture: Size): boolean {
  return (
    (part.x === 0 || x >= part.x + EDGE) &&
    (part.y === 0 || y >= part.y + EDGE) &&
    (part.x + part.width === picture.width || x + width <= part.x + part.width - EDGE) &&
    (part.y + part.height === picture.height || y + height <= part.y + part.height - EDGE)
  )
}
