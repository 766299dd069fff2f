import { ToolError } from '../../core/errors'
import type { Raster } from '../../core/raster'

const TILE = 4096 // a canvas beyond 16384 a side is silently blank, and large ones are taken from the GPU's memory

/** The pixels of a bitmap, read tile by tile. */
export function pixelsOf(bitmap: ImageBitmap): Raster {
  const { width, height } = bitmap
  const data = new Uint8ClampedArray(width * height * 4)
  const canvas = new OffscreenCanvas(Math.min(width, TILE), Math.min(height, TILE))
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true })
  if (!context) throw new ToolError('unavailable', 'This browser has no 2D canvas in workers')
  context.globalCompositeOperation = 'copy' // the tile before must not shine through
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const [w, h] = [Math.min(TILE, width - left), Math.min(TILE, height - top)]
      context.drawImage(bitmap, left, top, w, h, 0, 0, w, h)
      const tile = context.getImageData(0, 0, w, h).data
      for (let row = 0; row < h; row++) {
        data.set(tile.subarray(row * w * 4, (row + 1) * w * 4), ((top + row) * width + left) * 4)
      }
    }
  }
  return { width, height, data }
}
