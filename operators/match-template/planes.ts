import type { Raster } from '../../core/raster'

/** One 8-bit plane per channel, each height × width, row-major. */
export interface Planes {
  readonly width: number
  readonly height: number
  readonly channels: readonly Uint8Array[]
}

/**
 * Brightness as OpenCV's BGR2GRAY computes it for 8 bits, bit for bit, so that scores can be compared. Alpha is ignored.
 *
 * @see ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B, here in 15-bit fixed point, rounded
 */
export function grayPlanes({ width, height, data }: Raster): Planes {
  const gray = new Uint8Array(width * height)
  for (let i = 0, p = 0; i < gray.length; i++, p += 4) {
    gray[i] = (data[p] * 9798 + data[p + 1] * 19235 + data[p + 2] * 3735 + 16384) >> 15
  }
  return { width, height, channels: [gray] }
}

/** Red, green and blue. Alpha is ignored. */
export function colorPlanes({ width, height, data }: Raster): Planes {
  const channels = [0, 1, 2].map(() => new Uint8Array(width * height))
  for (let i = 0, p = 0; p < data.length; i++, p += 4) {
    for (let c = 0; c < 3; c++) channels[c][i] = data[p + c]
  }
  return { width, height, channels }
}

export const isFlat = ({ channels }: Planes): boolean =>
  channels.every((plane) => plane.every((value) => value === plane[0]))
