import { type Checkpoint, portion } from '../../../core/progress'
import type { Raster } from '../../../core/raster'
import { diffuse } from './diffuse'
import { holeOf } from './hole'
import { fillByPatches } from './patches'
import { wideParts } from './wide'

const DIFFUSED = 0.1 // of the work

/**
 * Fills the hole from the picture itself, without a model: what is as thin as hair with a membrane, wider holes with
 * patches. The same picture and mask give the same result on every machine.
 *
 * @param mask width × height bytes; 128 and more is the hole
 * @param checkpoint called every few rows of work
 * @returns a new picture, equal outside the hole; the same as `image` where nothing is known
 * @throws ToolError invalid-input for a mask of another size, too-large when memory is short
 */
export async function fillClassic(
  image: Raster,
  mask: Uint8Array,
  checkpoint: Checkpoint = async () => {},
): Promise<Raster> {
  const diffused = await diffuse(image, mask, portion(checkpoint, 0, DIFFUSED))
  const wide = await wideParts(holeOf(image, mask), image)
  if (!wide) return diffused
  return (await fillByPatches(diffused, wide, portion(checkpoint, DIFFUSED, 1))) ?? diffused
}
