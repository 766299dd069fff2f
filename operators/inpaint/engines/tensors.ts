import { ToolError } from '../../../core/errors'
import type { Tensor } from '../../../core/ports'
import type { Raster, Size } from '../../../core/raster'
import type { Mask } from '../mask'

/** A hole as [1, 1, height, width]: 1 is the hole. */
export function sharesOf({ width, height, data }: Mask): Tensor {
  const shares = new Float32Array(data.length)
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) shares[i] = 1
  return { dims: [1, 1, height, width], data: shares }
}

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
  const values = tensor.data
  for (let channel = 0; channel < 3; channel++) {
    const plane = channel * pixels
    for (let i = 0; i < pixels; i++) data[i * 4 + channel] = values[plane + i] * unit
  }
  return { width, height, data }
}
