import sharp from 'sharp'
import type { Raster } from '../../core/raster'

const TILE = { width: 384, height: 288 }

/** One picture of a sheet. */
export const tileOf = ({ width, height, data }: Raster): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 4 } })
    .resize({ ...TILE, fit: 'contain', background: 'white' })
    .png()
    .toBuffer()

/** All of them in rows, for the eye. */
export function sheetOf(tiles: readonly Buffer[], columns = 4) {
  const rows = Math.ceil(tiles.length / columns)
  const canvas = { width: columns * TILE.width, height: rows * TILE.height, channels: 3 as const, background: 'white' }
  return sharp({ create: canvas }).composite(
    tiles.map((input, i) => ({ input, left: (i % columns) * TILE.width, top: Math.floor(i / columns) * TILE.height })),
  )
}
