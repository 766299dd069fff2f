import type { Checkpoint } from '../../../core/progress'
import type { Raster } from '../../../core/raster'
import type { Mask } from '../mask'
import { nearestPatches } from './nearest-patches'

interface Enlarged {
  /** As large as it was filled. */
  readonly small: Raster
  /** What of it was filled: 255. */
  readonly smallHole: Mask
  /** The same, as large as the picture. */
  readonly large: Raster
}

/**
 * Gives an enlarged filling the fine detail of its surroundings: what the picture has, at full scale, beyond its own
 * enlargement, is copied from where the filled picture looks most alike.
 *
 * @param picture at full scale; what lies in the hole is not looked at
 * @returns the enlargement with detail in the hole; as it was where all around the hole is too narrow for a patch
 * @see Yi et al., "Contextual Residual Aggregation for Ultra High-Resolution Image Inpainting", CVPR 2020; there a network
 *   says where to look, here it is the filling itself
 */
export async function withDetail(
  picture: Raster,
  hole: Mask,
  { small, smallHole, large }: Enlarged,
  checkpoint: Checkpoint,
): Promise<Raster> {
  const nearest = await nearestPatches(small, smallHole, checkpoint)
  if (!nearest) return large
  const data = large.data.slice()
  const [stepX, stepY] = [picture.width / small.width, picture.height / small.height]
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const to = y * picture.width + x
      if (hole.data[to] === 0) continue
      const [column, row] = [Math.floor(x / stepX), Math.floor(y / stepY)]
      const found: number = nearest[row * small.width + column]
      const fromX = x + Math.round(((found % small.width) - column) * stepX)
      const fromY = y + Math.round((Math.floor(found / small.width) - row) * stepY)
      const from = clamp(fromY, picture.height) * picture.width + clamp(fromX, picture.width)
      if (hole.data[from] !== 0) continue
      for (let channel = 0; channel < 3; channel++) {
        data[to * 4 + channel] += picture.data[from * 4 + channel] - large.data[from * 4 + channel]
      }
    }
  }
  return { width: picture.width, height: picture.height, data }
}

const clamp = (at: number, length: number) => Math.min(Math.max(at, 0), length - 1)
