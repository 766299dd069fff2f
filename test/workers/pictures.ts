import type { Raster } from '../../core/raster'
import { seeded } from '../support'

/** Gray noise, the same each time. */
export function noise(width: number, height: number): Raster {
  const random = seeded(width * height)
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < data.length; i += 4) data.set([...Array(3).fill(random() * 255), 255], i)
  return { width, height, data }
}

/** A piece cut out of a picture. */
export function patch({ width, data }: Raster, x: number, y: number, w: number, h: number): Raster {
  const rows = Array.from({ length: h }, (_, row) => {
    const start = ((y + row) * width + x) * 4
    return [...data.subarray(start, start + w * 4)]
  })
  return { width: w, height: h, data: Uint8ClampedArray.from(rows.flat()) }
}
