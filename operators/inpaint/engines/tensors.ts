import { ToolError } from '../../../core/errors'
import type { Tensor } from '../../../core/ports'
import type { Raster, Size } from '../../../core/raster'
import type { Mask } from '../mask'

/** A hole as [1, 1, height, width]: 1 is the hole. */
export const sharesOf = ({ width, height, data }: Mask): Tensor => ({
  dims: [1, 1, height, width],
  data: Float32Array.from(data, (value) => (value === 0 ? 0 : 1)),
})

/**
 * Planes of red, green and blue as an opaque picture.
 *
 * @param unit what makes 0..255 of the tensor's numbers
 * @throws ToolError internal when it is not [1, 3, height, width]
 */
export function rasterOf(tensor: Tensor | undefined, { width, height }: Size, unit: number, model: string): Raster {
  const pixels = width * height
  if (tensor?.data.length !== 3 * pixels || tensor.data instanceof BigInt64Array) {
    const found = tensor ? `[${tensor.dims}]` : 'nothing'
    throw new ToolError('internal', `The model ${model} answered ${found} instead of [1,3,${height},${width}]`)
  }
  const data = new Uint8ClampedArray(4 * pixels).fill(255)
  for (let i = 0; i < pixels; i++) {
    for (let channel = 0; channel < 3; channel++) data[i * 4 + channel] = tensor.data[channel * pixels + i] * unit
  }
  return { width, height, data }
}
