import type { Rect } from '../draw'
import type { Size } from '../raster'

/** Side of a tile, in pixels. */
export const TILE = 256

export type Tile = Uint8Array<ArrayBuffer>

/**
 * How much of each pixel is marked, 0..255. It is kept in tiles, of which only those exist in which something is marked. No
 * tile changes once it is in a mask: masks share what they have in common, and to remember one it is enough to hold it.
 */
export interface Mask extends Size {
  /** By `row * tileColumns(width) + column`; each is TILE × TILE, row-major, and 0 beyond the picture. */
  readonly tiles: ReadonlyMap<number, Tile>
}

export const emptyMask = ({ width, height }: Size): Mask => ({ width, height, tiles: new Map() })

export const isEmpty = ({ tiles }: Mask): boolean => tiles.size === 0

export const tileColumns = (width: number): number => Math.ceil(width / TILE)

/** The part of a tile that lies in the picture. */
export function tileRegion({ width, height }: Size, index: number): Rect {
  const x = (index % tileColumns(width)) * TILE
  const y = Math.floor(index / tileColumns(width)) * TILE
  return { x, y, w: Math.min(TILE, width - x), h: Math.min(TILE, height - y) }
}

/** The indices of the tiles that a region touches. */
export function tilesOf(size: Size, region: Rect): number[] {
  const { x, y, w, h } = clip(region, size)
  const indices: number[] = []
  if (w <= 0 || h <= 0) return indices
  for (let row = Math.floor(y / TILE); row * TILE < y + h; row++) {
    for (let column = Math.floor(x / TILE); column * TILE < x + w; column++) {
      indices.push(row * tileColumns(size.width) + column)
    }
  }
  return indices
}

/** The whole pixels of a region that lie in the picture; `w` or `h` is not above 0 where there are none. */
export function clip({ x, y, w, h }: Rect, { width, height }: Size): Rect {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))]
  return { x: left, y: top, w: Math.min(width, Math.ceil(x + w)) - left, h: Math.min(height, Math.ceil(y + h)) - top }
}

/** Both, and what lies between them. */
export function union(a: Rect | undefined, b: Rect): Rect {
  if (!a) return b
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y }
}

/** The least region that holds all that is marked; undefined where nothing is. */
export function boundsOf(mask: Mask): Rect | undefined {
  let all: Rect | undefined
  for (const [index, tile] of mask.tiles) {
    const inside = markedRegion(tile)
    const { x, y } = tileRegion(mask, index)
    if (inside) all = union(all, { ...inside, x: x + inside.x, y: y + inside.y })
  }
  return all
}

function markedRegion(tile: Tile): Rect | undefined {
  let [left, right, top, bottom] = [TILE, -1, TILE, -1]
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      if (tile[y * TILE + x] === 0) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  }
  return right < 0 ? undefined : { x: left, y: top, w: right - left + 1, h: bottom - top + 1 }
}

const sums = new WeakMap<Tile, number>()

/** How much of the picture is marked: 0..1. */
export function shareOf({ width, height, tiles }: Mask): number {
  let marked = 0
  for (const tile of tiles.values()) marked += sumOf(tile)
  return marked / (255 * width * height)
}

/** Tiles do not change, so each is counted once. */
function sumOf(tile: Tile): number {
  let sum = sums.get(tile)
  if (sum === undefined) {
    sum = 0
    for (const value of tile) sum += value
    sums.set(tile, sum)
  }
  return sum
}
