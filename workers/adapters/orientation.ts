import { tiffTag } from '../../core/image-header'
import type { Raster } from '../../core/raster'

/** EXIF's eight ways to turn and mirror (CIPA DC-008, tag 0x0112); 1 is as stored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const TAG = 274

/** The orientation that a TIFF's first directory asks for; EXIF is such a directory. */
export function tiffOrientation(bytes: Uint8Array<ArrayBuffer>, start = 0): Orientation {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const value = tiffTag(view, TAG, start)?.at(0) ?? 1
    return value >= 1 && value <= 8 ? (value as Orientation) : 1
  } catch (error) {
    if (error instanceof RangeError) return 1 // broken EXIF does not make a picture unreadable
    throw error
  }
}

/** The orientation in a WebP's EXIF chunk, which browsers do not apply. */
export function webpOrientation(bytes: Uint8Array<ArrayBuffer>): Orientation {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at + 4, true)
    if (view.getUint32(at) === 0x45584946) return tiffOrientation(bytes, at + 8 + exifPrefix(bytes, at + 8)) // 'EXIF'
    at += 8 + length + (length & 1)
  }
  return 1
}

/** Some writers put JPEG's `Exif\0\0` before the directory. */
const exifPrefix = (bytes: Uint8Array, at: number) => (bytes[at] === 0x45 && bytes[at + 1] === 0x78 ? 6 : 0)

/** Turns and mirrors the pixels so that `orientation` 1 would show them the same. */
export function upright({ width, height, data }: Raster, orientation: Orientation): Raster {
  if (orientation === 1) return { width, height, data }
  const turns = orientation >= 5
  const [w, h] = turns ? [height, width] : [width, height]
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height)
  const to = new Uint32Array(w * h)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [sx, sy] = source(orientation, x, y, width, height)
      to[y * w + x] = from[sy * width + sx]
    }
  }
  return { width: w, height: h, data: new Uint8ClampedArray(to.buffer) }
}

/** Where the pixel shown at (x, y) is stored. */
function source(orientation: Orientation, x: number, y: number, width: number, height: number) {
  const [right, bottom] = [width - 1, height - 1]
  switch (orientation) {
    case 1:
      return [x, y]
    case 2:
      return [right - x, y]
    case 3:
      return [right - x, bottom - y]
    case 4:
      return [x, bottom - y]
    case 5:
      return [y, x]
    case 6:
      return [y, bottom - x]
    case 7:
      return [right - y, bottom - x]
    case 8:
      return [right - y, x]
  }
}
