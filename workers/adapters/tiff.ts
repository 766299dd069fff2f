import UTIF from 'utif2'
import type { Raster } from '../../core/raster'
import { tiffOrientation, upright } from './orientation'

/** The first picture of a TIFF, which no browser but Safari decodes; 16 bits become 8. */
export function decodeTiff(bytes: Uint8Array<ArrayBuffer>): Raster {
  const file = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer
  const [first] = UTIF.decode(file)
  UTIF.decodeImage(file, first)
  const data = new Uint8ClampedArray(UTIF.toRGBA8(first).buffer as ArrayBuffer)
  return upright({ width: first.width, height: first.height, data }, tiffOrientation(bytes))
}
