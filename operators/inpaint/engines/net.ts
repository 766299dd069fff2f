import { toTensor } from '../../../core/preprocess/to-tensor'
import type { Preprocess } from '../../../models/model'
import { diffuse } from '../classic/diffuse'
import { fillerOf } from './network'
import { rasterOf, sharesOf } from './tensors'

export const NET = 'darkroom-inpaint'

const SIDE = 512
const STRIDE = 32
const THICKEST = 64 // above that it blurs: seen smaller and given detail of the surroundings, holes of 96 pixels look more real

const PREPROCESS: Preprocess = {
  ...{ width: SIDE, height: SIDE, fit: 'stretch', order: 'rgb', layout: 'nchw' },
  ...{ mean: [0, 0, 0], std: [255, 255, 255] },
}

/**
 * Our own, for strokes, text and small objects. Takes RGB as 0..1 with the hole filled smoothly, and a mask that is 1 in
 * the hole; answers RGB as 0..1. Sides are multiples of 32.
 */
export const net = fillerOf({
  model: NET,
  side: SIDE,
  least: SIDE / 2,
  thickest: THICKEST,
  inputFor: ({ width, height }) => ({ width: toStride(width), height: toStride(height) }),
  async run(window, hole, models) {
    const smooth = await diffuse(window, hole.data)
    const { tensor: image } = await toTensor(smooth, PREPROCESS, window)
    const { filled } = await models.run(NET, { image, mask: sharesOf(hole) })
    return rasterOf(filled, window, 255, NET)
  },
})

const toStride = (length: number) => Math.ceil(length / STRIDE) * STRIDE
