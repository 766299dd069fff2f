import { ToolError } from '../../core/errors'
import type { Tensor } from '../../core/ports'
import type { ALIGNMENTS } from './spec'

export type Alignment = (typeof ALIGNMENTS)[number]

/** What two vectors must share to be comparable: `faceplugin-fr-feature/landmarks/l2`. */
export const contractOf = (model: string, alignment: Alignment, normalize: boolean): string =>
  `${model}/${alignment}/${normalize ? 'l2' : 'raw'}`

/** @throws ToolError model-unavailable when a number is none: the weights or the device are at fault, not the picture */
export function checkNumbers({ data }: Tensor, model: string): Float32Array<ArrayBuffer> {
  const numbers = Float32Array.from(data, Number)
  if (numbers.every(Number.isFinite)) return numbers
  throw new ToolError(
    'model-unavailable',
    `The model "${model}" computes no numbers here (NaN or infinite): remove it and fetch it again, or choose another`,
  )
}
