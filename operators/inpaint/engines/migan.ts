import type { Tensor } from '../../../core/ports'
import type { Raster } from '../../../core/raster'
import { miGan } from '../../../models/entries/inpainting'
import type { Mask } from '../mask'
import { fillerOf } from './network'
import { rasterOf } from './tensors'

/** The network's own; the pipeline around it would scale a larger picture to it, and blur what it pastes back. */
const SIDE = 512

/**
 * Sargsyan et al., "MI-GAN: A Simple Baseline for Image Inpainting on Mobile Devices", ICCV 2023, as pipeline version 2.
 * Takes RGB bytes and a mask that is 255 where the picture is kept and 0 in the hole; answers RGB bytes.
 */
export const migan = fillerOf({
  model: miGan.id,
  side: SIDE,
  least: SIDE,
  thickest: SIDE / 2,
  inputFor: () => ({ width: SIDE, height: SIDE }),
  async run(window, hole, models) {
    const { result } = await models.run(miGan.id, { image: planesOf(window), mask: keptOf(hole) })
    return rasterOf(result, window, 1, miGan.id)
  },
})

function planesOf({ width, height, data }: Raster): Tensor {
  const pixels = width * height
  const planes = new Uint8Array(3 * pixels)
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++) planes[channel * pixels + i] = data[i * 4 + channel]
  }
  return { dims: [1, 3, height, width], data: planes }
}

const keptOf = ({ width, height, data }: Mask): Tensor => ({
  dims: [1, 1, height, width],
  data: data.map((value) => 255 - value),
})
