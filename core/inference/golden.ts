import type { Golden, TensorSpec } from '../../models/model'
import type { Tensor } from '../ports'
import type { Tensors } from './backend'

/** The feeds of a self-test, made by the formula of `Golden`. */
export function goldenFeeds({ feeds }: Golden, inputs: readonly TensorSpec[]): Record<string, Tensor> {
  return Object.fromEntries(
    feeds.map(({ name, dims, low, high }, input) => {
      const count = dims.reduce((product, length) => product * length, 1)
      const values = Float64Array.from({ length: count }, (_, k) => {
        const wave = Math.sin(12.9898 * (k + 1) + 78.233 * (input + 1)) * 43758.5453
        return low + (high - low) * (wave - Math.floor(wave))
      })
      const type = inputs.find((spec) => spec.name === name)?.type ?? 'float32'
      return [name, { dims, data: MAKE[type](values) }]
    }),
  )
}

const MAKE: Readonly<Record<TensorSpec['type'], (values: Float64Array) => Tensor['data']>> = {
  float32: (values) => Float32Array.from(values),
  uint8: (values) => Uint8Array.from(values, Math.round),
  int32: (values) => Int32Array.from(values, Math.round),
  int64: (values) => BigInt64Array.from(Array.from(values, (value) => BigInt(Math.round(value)))),
}

/** What is wrong with the numbers of a self-test, as the rest of a sentence; undefined when they are right. */
export function wrongNumbers({ outputs }: Golden, made: Tensors): string | undefined {
  if (hasNaN(made)) return COMPUTED_NAN
  const isRight = outputs.every(({ name, dims, at, tolerance }) => {
    const tensor = made[name]
    if (!tensor || tensor.dims.join() !== dims.join()) return false
    return at.every(([index, value]) => Math.abs(Number(tensor.data[index]) - value) <= tolerance)
  })
  return isRight ? undefined : 'computed wrong numbers'
}

export const COMPUTED_NAN = 'computed NaN'

/** Infinity counts too: it is what overflows of half precision leave. */
export function hasNaN(made: Tensors): boolean {
  return Object.values(made).some(({ data }) => data instanceof Float32Array && !allFinite(data))
}

function allFinite(data: Float32Array): boolean {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false
  return true
}
