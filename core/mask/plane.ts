import type { Rect } from '../draw'
import type { Raster, Size } from '../raster'
import { type Mask, TILE, type Tile, tileRegion, tilesOf } from './mask'

/** A mask from one byte a pixel, row-major. */
export function maskFromPlane({ width, height }: Size, plane: Uint8Array): Mask {
  const tiles = new Map<number, Tile>()
  for (const index of tilesOf({ width, height }, { x: 0, y: 0, w: width, h: height })) {
    const { x, y, w, h } = tileRegion({ width, height }, index)
    const tile = new Uint8Array(TILE * TILE)
    for (let row = 0; row < h; row++) {
      const from = (y + row) * width + x
      tile.set(plane.subarray(from, from + w), row * TILE)
    }
    if (tile.some((value) => value > 0)) tiles.set(index, tile)
  }
  return { width, height, tiles }
}

/** A part of a mask as one byte a pixel, row-major. The part lies within the picture. */
export function planeOf(
  mask: Mask,
  region: Rect = { x: 0, y: 0, w: mask.width, h: mask.height },
): Uint8Array<ArrayBuffer> {
  const plane = new Uint8Array(region.w * region.h)
  for (const index of tilesOf(mask, region)) {
    const tile = mask.tiles.get(index)
    const place = tileRegion(mask, index)
    const [left, right] = [Math.max(place.x, region.x), Math.min(place.x + place.w, region.x + region.w)]
    const [top, bottom] = [Math.max(place.y, region.y), Math.min(place.y + place.h, region.y + region.h)]
    for (let y = top; tile && y < bottom; y++) {
      const from = (y - place.y) * TILE - place.x
      plane.set(tile.subarray(from + left, from + right), (y - region.y) * region.w + left - region.x)
    }
  }
  return plane
}

/** As files hold masks: opaque, white where it is marked. */
export function pictureOfMask(mask: Mask): Raster {
  const { width, height } = mask
  const plane = planeOf(mask)
  const data = new Uint8ClampedArray(width * height * 4)
  const pixels = new Uint32Array(data.buffer) // one write a pixel; all four bytes but alpha are the same, in any order
  const opaque = new Uint32Array(new Uint8Array([0, 0, 0, 255]).buffer)[0]
  const gray = new Uint32Array(new Uint8Array([1, 1, 1, 0]).buffer)[0]
  for (let i = 0; i < plane.length; i++) pixels[i] = opaque + plane[i] * gray
  return { width, height, data }
}

/** The mask that a picture shows: its brightness, and nothing where it is transparent. */
export function maskOfPicture({ width, height, data }: Raster): Mask {
  const plane = new Uint8Array(width * height)
  for (let i = 0, p = 0; i < plane.length; i++, p += 4) {
    const luma = 0.299 * data[p] + 0.587 * data[p + 1] + 0.114 * data[p + 2]
    plane[i] = Math.round((luma * data[p + 3]) / 255)
  }
  return maskFromPlane({ width, height }, plane)
}

/** A mask for a picture of another size: it marks the same place relative to the picture. */
export function resizedMask(mask: Mask, size: Size): Mask {
  if (mask.width === size.width && mask.height === size.height) return mask
  const source = planeOf(mask)
  const plane = new Uint8Array(size.width * size.height)
  const [columns, rows] = [places(mask.width, size.width), places(mask.height, size.height)]
  for (let y = 0, i = 0; y < size.height; y++) {
    const [top, bottom] = [rows.near[y] * mask.width, rows.far[y] * mask.width]
    for (let x = 0; x < size.width; x++, i++) {
      const [left, right, part] = [columns.near[x], columns.far[x], columns.part[x]]
      const above = source[top + left] + part * (source[top + right] - source[top + left])
      const below = source[bottom + left] + part * (source[bottom + right] - source[bottom + left])
      plane[i] = Math.round(above + rows.part[y] * (below - above))
    }
  }
  return maskFromPlane(size, plane)
}

/** For each place of the new length, the two old ones between which it lies, and how far from the first: 0..1. */
function places(from: number, to: number) {
  const [near, far, part] = [new Int32Array(to), new Int32Array(to), new Float64Array(to)]
  for (let i = 0; i < to; i++) {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5))
    near[i] = Math.floor(at)
    far[i] = Math.min(from - 1, near[i] + 1)
    part[i] = at - near[i]
  }
  return { near, far, part }
}
