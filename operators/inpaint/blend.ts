import type { Box } from '../../core/crop'
import type { Raster } from '../../core/raster'
import type { Mask } from './mask'

/** A part of the picture: what to lay over it, and how strongly. All of one size. */
interface Layer {
  readonly picture: Raster
  readonly mask: Mask
  /** Where its top left lies in the target. */
  readonly at: Pick<Box, 'x' | 'y'>
}

/**
 * Lays a filled crop over the picture within a box, by the mask's strength. Alpha stays: a filling gives colours.
 *
 * @param touched of the target's size; gets 1 for every pixel that was blended
 */
export function blend(target: Raster, { picture, mask, at }: Layer, within: Box, touched: Uint8Array): void {
  for (let y = within.y; y < within.y + within.height; y++) {
    for (let x = within.x; x < within.x + within.width; x++) {
      const from = (y - at.y) * mask.width + x - at.x
      const strength = mask.data[from]
      if (strength === 0) continue
      const to = y * target.width + x
      for (let channel = 0; channel < 3; channel++) {
        const old = target.data[to * 4 + channel]
        target.data[to * 4 + channel] = old + ((picture.data[from * 4 + channel] - old) * strength) / 255
      }
      touched[to] = 1
    }
  }
}

interface Counts {
  readonly touched: number
  /** Bytes of pixels that were not touched and differ all the same. */
  readonly changedOutside: number
}

/** Counts what differs from the source where nothing should. */
export function compare(source: Raster, made: Raster, touched: Uint8Array): Counts {
  const [before, after] = [words(source), words(made)]
  let [count, changedOutside] = [0, 0]
  for (let i = 0; i < touched.length; i++) {
    if (touched[i]) count += 1
    else if (before[i] !== after[i]) changedOutside += differingBytes(before[i] ^ after[i])
  }
  return { touched: count, changedOutside }
}

/** A pixel each; of a copy where the bytes do not begin at a multiple of four. */
function words({ data }: Raster): Uint32Array {
  const { buffer, byteOffset, length } = data.byteOffset % 4 === 0 ? data : data.slice()
  return new Uint32Array(buffer, byteOffset, length / 4)
}

const differingBytes = (difference: number): number =>
  [0, 8, 16, 24].filter((shift) => ((difference >>> shift) & 255) !== 0).length
