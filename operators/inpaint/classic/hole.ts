import { ToolError } from '../../../core/errors'
import type { Raster } from '../../../core/raster'

const REPLACED = 128

/**
 * The pixels that an engine has to make up: 1 where the mask is at least 128, 0 elsewhere.
 *
 * @throws ToolError invalid-input when the mask has not one byte for each pixel
 */
export function holeOf({ width, height }: Raster, mask: Uint8Array): Uint8Array<ArrayBuffer> {
  if (mask.length !== width * height) {
    const message = `The mask has ${mask.length} pixels and the image ${width}×${height}; it needs one byte for each`
    throw new ToolError('invalid-input', message)
  }
  const hole = new Uint8Array(mask.length)
  for (let i = 0; i < hole.length; i++) hole[i] = mask[i] >= REPLACED ? 1 : 0
  return hole
}
