import type { TensorSpec } from '../../models/model'
import type { Tensor } from '../ports'

/** The word that models have for what a tensor's array holds. */
export function elementType({ data }: Tensor): TensorSpec['type'] {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Uint8Array) return 'uint8'
  return data instanceof Int32Array ? 'int32' : 'int64'
}
