import type { Raster, Size } from '../../../core/raster'
import type { Mask } from '../mask'

/** A picture at the top left of a larger one that goes on mirrored at its right and bottom edge, again and again. */
export function mirrored(picture: Raster, size: Size): Raster {
  if (isSame(picture, size)) return picture
  const from = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.width * picture.height)
  const data = new Uint8ClampedArray(size.width * size.height * 4)
  copyMirrored(from, picture, new Uint32Array(data.buffer), size)
  return { width: size.width, height: size.height, data }
}

export function mirroredMask(mask: Mask, size: Size): Mask {
  if (isSame(mask, size)) return mask
  const data = new Uint8Array(size.width * size.height)
  copyMirrored(mask.data, mask, data, size)
  return { width: size.width, height: size.height, data }
}

const isSame = (a: Size, b: Size) => a.width === b.width && a.height === b.height

type Pixels = Uint32Array | Uint8Array

function copyMirrored(from: Pixels, source: Size, to: Pixels, { width, height }: Size): void {
  for (let y = 0; y < height; y++) {
    const row = reflect(y, source.height) * source.width
    for (let x = 0; x < width; x++) to[y * width + x] = from[row + reflect(x, source.width)]
  }
}

/** 0 1 2 1 0 1 2 … for a length of 3: the edge pixel itself is not repeated. */
function reflect(i: number, length: number): number {
  if (length === 1) return 0
  const period = 2 * (length - 1)
  const within = i % period
  return within < length ? within : period - within
}
