import { ToolError } from '../core/errors'
import type { ModelRunner, Tensor } from '../core/ports'
import { findModel } from '../models/manifest'
import type { TensorSpec } from '../models/model'

/**
 * Every model of the manifest, without weights: takes only what the manifest says it takes, and answers tensors of the
 * declared shapes, each element `value`.
 */
export const shapedModels = (value = 0.25): ModelRunner => ({
  async run(id, feeds) {
    const model = findModel(id)
    if (!model) throw new ToolError('model-unavailable', `There is no model "${id}"`)
    for (const { name, shape } of model.inputs) {
      const found = feeds[name]?.dims
      if (!found || !fits(found, shape)) throw new TypeError(`${id} takes ${name} [${shape}], not [${found}]`)
    }
    const lengths = new Map(model.inputs.flatMap((input) => namedAxes(input, feeds[input.name])))
    return Object.fromEntries(model.outputs.map((output) => [output.name, filled(output, lengths, value)]))
  },
  has: async (id) => findModel(id) !== undefined,
  backend: () => ({ name: 'shapes only' }),
  loadMs: () => 0,
})

const fits = (dims: readonly number[], shape: TensorSpec['shape']): boolean =>
  dims.length === shape.length && shape.every((axis, i) => typeof axis === 'string' || axis === dims[i])

const namedAxes = ({ shape }: TensorSpec, { dims }: Tensor) =>
  shape.flatMap((axis, i) => (typeof axis === 'string' ? [[axis, dims[i]] as const] : []))

const SOME = 10 // for axes that are no input's, such as how many things were found

function filled({ shape, type }: TensorSpec, lengths: ReadonlyMap<string, number>, value: number): Tensor {
  const dims = shape.map((axis) => (typeof axis === 'number' ? axis : (lengths.get(axis) ?? SOME)))
  const length = dims.reduce((product, side) => product * side, 1)
  const data = type === 'uint8' ? new Uint8Array(length).fill(value) : new Float32Array(length).fill(value)
  return { dims, data }
}
