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

/** The vector at length 1; one of zeros stays as it is. */
export function unitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return length > 0 ? vector.map((value) => value / length) : vector
}

/** -1..1; 0 when one of them is all zeros. @param a and b of one length */
export function cosine(a: readonly number[], b: readonly number[]): number {
  let [dot, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i]
    aa += a[i] * a[i]
    bb += b[i] * b[i]
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0
}
