import { failure, type Outcome, ToolError } from '../core/errors'
import { feathered } from '../core/mask/feather'
import { type FloodOptions, flood } from '../core/mask/flood'
import type { Mask } from '../core/mask/mask'
import { maskOfPicture, pictureOfMask, resizedMask } from '../core/mask/plane'
import type { Raster, Size } from '../core/raster'
import { codecCanvas } from './adapters/codec-canvas'
import { DEVICE_PIXELS } from './limits'

/** What takes too long beside painting: whole pictures are read, filled, smoothed and written in a worker of their own. */
export function createMaskHost() {
  let read: { readonly key: string; readonly raster: Raster } | undefined

  /** A wand is used many times on one picture. */
  async function pixelsOf(file: Blob, key: string): Promise<Raster> {
    if (read?.key !== key) read = { key, raster: await decoded(file) }
    return read.raster
  }

  return {
    /** @param key the same for the same file */
    flood: (file: Blob, key: string, at: Place, options: FloodOptions): Promise<Outcome<Mask>> =>
      told(async () => flood(await pixelsOf(file, key), at.x, at.y, options)),
    feather: (mask: Mask, radius: number): Promise<Outcome<Mask>> => told(async () => feathered(mask, radius)),
    resize: (mask: Mask, size: Size): Promise<Outcome<Mask>> => told(async () => resizedMask(mask, size)),
    /** A mask file for a picture of this size, and the size that it had. */
    read: (file: Blob, size: Size): Promise<Outcome<{ readonly mask: Mask; readonly was: Size }>> =>
      told(async () => {
        const own = maskOfPicture(await decoded(file))
        return { mask: resizedMask(own, size), was: { width: own.width, height: own.height } }
      }),
    /** As a PNG, of the size of `picture` where that is given. */
    write: (mask: Mask, picture?: Blob): Promise<Outcome<Uint8Array<ArrayBuffer>>> =>
      told(async () => {
        const fitting = picture ? resizedMask(mask, await decoded(picture)) : mask
        return codecCanvas.encode(pictureOfMask(fitting), 'image/png')
      }),
  }
}

export type MaskHost = ReturnType<typeof createMaskHost>

/** In whole pixels of the picture. */
interface Place {
  readonly x: number
  readonly y: number
}

const decoded = async (file: Blob): Promise<Raster> => codecCanvas.decode(await bytesOf(file), DEVICE_PIXELS)

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (cause) {
    throw new ToolError('unreadable', 'The file was moved or changed since it was chosen; choose it again', { cause })
  }
}

async function told<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return failure(error, console.error)
  }
}
