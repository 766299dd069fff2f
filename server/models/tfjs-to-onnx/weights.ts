import { ELEMENT_BYTES, type Weight } from './graph-model'
import { ELEMENT, type OnnxGraph, type Value } from './onnx-graph'

/**
 * Writes a weight as it is stored, and what makes floats of it: the runtime does that once, when it loads the model.
 * Small integers are remembered, since they are mostly shapes and axes.
 */
export function weightValue(graph: OnnxGraph, name: string, weight: Weight): Value {
  const { dims, stored, data } = weight
  const constant = graph.constant(name, dims, stored, data)
  if (stored === 'int32') return { name: constant, dims, known: dims.length < 2 ? intsOf(weight) : undefined }
  if (stored === 'float32' || stored === 'bool') return { name: constant, dims }
  const floats = graph.node('Cast', [constant], { to: ELEMENT.float32 })
  if (weight.scale === undefined || weight.min === undefined) return { name: floats, dims }
  const scaled = graph.node('Mul', [floats, graph.scalar(weight.scale)])
  return { name: graph.node('Add', [scaled, graph.scalar(weight.min)]), dims }
}

/** The elements of an int32 weight. */
function intsOf({ data }: Weight): number[] {
  const bytes = Buffer.from(data)
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt32LE(4 * index))
}

/** @param axes for each axis of the result, the axis of the weight that it is */
export function transposed(weight: Weight, axes: readonly number[]): Weight {
  const size = ELEMENT_BYTES[weight.stored]
  const strides = weight.dims.map((_, axis) => weight.dims.slice(axis + 1).reduce((product, dim) => product * dim, 1))
  const dims = axes.map((axis) => weight.dims[axis])
  const data = new Uint8Array(weight.data.length)
  const index = dims.map(() => 0)
  for (let to = 0; to < data.length; to += size) {
    const from = size * index.reduce((sum, at, axis) => sum + at * strides[axes[axis]], 0)
    for (let byte = 0; byte < size; byte++) data[to + byte] = weight.data[from + byte]
    for (let axis = dims.length - 1; axis >= 0 && ++index[axis] === dims[axis]; axis--) index[axis] = 0
  }
  return { ...weight, dims, data }
}
