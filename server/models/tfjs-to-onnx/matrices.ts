import { fused } from './convolutions'
import type { Value } from './onnx-graph'
import type { Context, Translation } from './translate'

export const MATRICES: Readonly<Record<string, Translation>> = {
  MatMul: product,
  _FusedMatMul: product,
  Mean: reduce('ReduceMean'),
  Max: reduce('ReduceMax'),
}

function product(context: Context): Value {
  const { graph, node } = context
  const [a, b] = (['transpose_a', 'transpose_b'] as const).map((attribute, index) => {
    const value = context.input(index)
    if (!node.attr[attribute]?.b) return value
    return { name: graph.node('Transpose', [value.name], { perm: [1, 0] }), dims: value.dims.toReversed() }
  })
  return fused(context, { name: graph.node('MatMul', [a.name, b.name]), dims: [a.dims[0], b.dims[1]] })
}

function reduce(type: string): Translation {
  return ({ graph, node, input }) => {
    const { name, dims } = input(0)
    const axes = (input(1).known ?? []).map((axis) => (Number(axis) + dims.length) % dims.length)
    const keeps = node.attr.keep_dims?.b ?? false
    const left = dims.flatMap((dim, axis) => (!axes.includes(axis) ? [dim] : keeps ? [1] : []))
    return { name: graph.node(type, [name], { axes, keepdims: keeps ? 1 : 0 }), dims: left }
  }
}
