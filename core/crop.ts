import type { Raster } from './raster'

/** Pixels, from the picture's top left. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A part of a picture with whole coordinates; the picture itself when that is all of it. */
export function crop(raster: Raster, { x, y, width, height }: Box): Raster {
  if (width === raster.width && height === raster.height) return raster
  const data = new Uint8ClampedArray(width * height * 4)
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * raster.width + x) * 4
    data.set(raster.data.subarray(from, from + width * 4), row * width * 4)
  }
  return { width, height, data }
}

/** Writes a picture into another at a place inside it. */
export function paste(target: Raster, part: Raster, { x, y }: Pick<Box, 'x' | 'y'>): void {
  for (let row = 0; row < part.height; row++) {
    const line = part.data.subarray(row * part.width * 4, (row + 1) * part.width * 4)
    target.data.set(line, ((y + row) * target.width + x) * 4)
  }
}
