import type { Checkpoint } from '../../../core/progress'
import type { Raster } from '../../../core/raster'
import { diffuse } from './diffuse'

/**
 * Fills the hole from the picture itself, without a model.
 *
 * @param mask width × height bytes; 128 and more is the hole
 * @param checkpoint called every few rows of work
 * @returns a new picture, equal outside the hole
 * @throws ToolError invalid-input for a mask of another size, too-large when memory is short
 */
export const fillClassic = (image: Raster, mask: Uint8Array, checkpoint?: Checkpoint): Promise<Raster> =>
  diffuse(image, mask, checkpoint)
