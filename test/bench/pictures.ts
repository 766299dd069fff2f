import { join } from 'node:path'
import sharp from 'sharp'
import type { Raster } from '../../core/raster'
import { seeded } from '../support'

const SAMPLES = join(import.meta.dirname, '../../public/samples')

/** A sample picture, scaled. */
export async function sample(file: string, width: number, height: number): Promise<Raster> {
  const image = sharp(join(SAMPLES, file)).resize(width, height, { fit: 'fill' }).ensureAlpha()
  const { data } = await image.raw().toBuffer({ resolveWithObject: true })
  return { width, height, data: new Uint8ClampedArray(data) }
}

/** As a camera gives it: a sample picture with the grain of a sensor. */
export async function photograph(width: number, height: number): Promise<Raster> {
  const raster = await sample('board.jpg', width, height)
  const random = seeded(1)
  for (let i = 0; i < raster.data.length; i++) {
    if (i % 4 < 3) raster.data[i] += (random() + random() + random() - 1.5) * 8
  }
  return raster
}
