import { toTensor } from '../../../core/preprocess/to-tensor'
import { laMa } from '../../../models/entries/inpainting'
import type { Preprocess } from '../../../models/model'
import { fillerOf } from './network'
import { rasterOf, sharesOf } from './tensors'

const SIDE = 512

/**
 * Suvorov et al., "Resolution-robust Large Mask Inpainting with Fourier Convolutions", WACV 2022. Takes RGB as 0..1 and a
 * mask that is 1 in the hole; answers RGB as 0..255.
 */
export const lama = fillerOf({
  model: laMa.id,
  side: SIDE,
  least: SIDE,
  thickest: SIDE / 2,
  inputFor: () => ({ width: SIDE, height: SIDE }),
  async run(window, hole, models) {
    const { tensor: image } = await toTensor(window, laMa.preprocess as Preprocess)
    const { output } = await models.run(laMa.id, { image, mask: sharesOf(hole) })
    return rasterOf(output, window, 1, laMa.id)
  },
})
