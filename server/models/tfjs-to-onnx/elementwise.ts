import type { Dim, OnnxGraph, Value } from './onnx-graph'
import type { Translation } from './translate'

const unary =
  (type: string): Translation =>
  ({ graph, input }) => ({ name: graph.node(type, [input(0).name]), dims: input(0).dims })

const binary =
  (type: string): Translation =>
  ({ graph, input }) =>
    combine(graph, type, input(0), input(1))

/** An operator of two values whose shapes broadcast. */
export function combine(graph: OnnxGraph, type: string, a: Value, b: Value): Value {
  return { name: graph.node(type, [a.name, b.name]), dims: broadcast(a.dims, b.dims) }
}

function broadcast(a: readonly Dim[], b: readonly Dim[]): Dim[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const [x, y] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1]
    return x === 1 ? y : x
  })
}

/** What fused convolutions and matrix products name as their activation. */
export function activate(graph: OnnxGraph, type: string, value: Value): Value {
  const { dims } = value
  if (type === 'Relu6') return { name: graph.node('Clip', [value.name, graph.scalar(0), graph.scalar(6)]), dims }
  if (type === 'Relu' || type === 'Sigmoid' || type === 'Elu') return { name: graph.node(type, [value.name]), dims }
  throw new Error(`The activation ${type} cannot be translated`)
}

export const ELEMENTWISE: Readonly<Record<string, Translation>> = {
  Add: binary('Add'),
  AddV2: binary('Add'),
  BiasAdd: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  RealDiv: binary('Div'),
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  AddN: ({ graph, input, inputs }) => {
    const rest = Array.from({ length: inputs - 1 }, (_, index) => input(index + 1))
    return rest.reduce((sum, value) => combine(graph, 'Add', sum, value), input(0))
  },
  Relu: unary('Relu'),
  Relu6: ({ graph, input }) => activate(graph, 'Relu6', input(0)),
  Sigmoid: unary('Sigmoid'),
  Exp: unary('Exp'),
  Softmax: ({ graph, input }) => ({
    name: graph.node('Softmax', [input(0).name], { axis: -1 }),
    dims: input(0).dims,
  }),
  Identity: ({ input }) => input(0),
}
