import { intsAttribute } from './graph-model'
import type { Dim, Value } from './onnx-graph'
import type { Context, Translation } from './translate'

/** Contents of an input that says how: a shape, an axis, a permutation. */
function known({ node, input }: Context, index: number): readonly Dim[] {
  const { known } = input(index)
  if (!known) throw new Error(`Input ${index} of "${node.name}" is computed, which cannot be translated`)
  return known
}

const numbers = (context: Context, index: number): number[] => known(context, index).map(Number)

const fromEnd = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis)

function reshape(context: Context): Value {
  const { graph, input } = context
  const target = known(context, 1)
  // A free batch stays the first axis in all graphs there are, and may be worked out from the rest.
  const shape = target.map((dim) => (typeof dim === 'string' ? -1 : dim))
  const name = graph.node('Reshape', [input(0).name, graph.ints(shape)])
  return { name, dims: resolve(target, input(0).dims) }
}

/** The shape that -1 stands for. */
function resolve(target: readonly Dim[], from: readonly Dim[]): Dim[] {
  const count = (dims: readonly Dim[]) => dims.reduce<number>((product, dim) => product * Math.abs(Number(dim)), 1)
  return target.map((dim) => (dim === -1 ? count(from) / count(target) : dim))
}

function squeeze(context: Context): Value {
  const { graph, node, input } = context
  const { name, dims } = input(0)
  const asked = intsAttribute(node, 'squeeze_dims').map((axis) => fromEnd(axis, dims.length))
  const axes = asked.length > 0 ? asked : dims.flatMap((dim, axis) => (dim === 1 ? [axis] : []))
  return {
    name: graph.node('Squeeze', [name, graph.ints(axes)]),
    dims: dims.filter((_, axis) => !axes.includes(axis)),
  }
}

function expandDims(context: Context): Value {
  const { graph, input } = context
  const { name, dims } = input(0)
  const axis = fromEnd(numbers(context, 1)[0], dims.length + 1)
  return { name: graph.node('Unsqueeze', [name, graph.ints([axis])]), dims: dims.toSpliced(axis, 0, 1) }
}

function transpose(context: Context): Value {
  const { graph, input } = context
  const { name, dims } = input(0)
  const perm = numbers(context, 1)
  return { name: graph.node('Transpose', [name], { perm }), dims: perm.map((axis) => dims[axis]) }
}

function concat(context: Context): Value {
  const { graph, input, inputs } = context
  const parts = Array.from({ length: inputs - 1 }, (_, index) => input(index))
  const { dims } = parts[0]
  const axis = fromEnd(numbers(context, inputs - 1)[0], dims.length)
  const name = graph.node(
    'Concat',
    parts.map((part) => part.name),
    { axis },
  )
  return {
    name,
    dims: dims.with(
      axis,
      parts.reduce((sum, part) => sum + Number(part.dims[axis]), 0),
    ),
  }
}

/** A list of scalars is a shape in the making; anything else is joined along a new axis. */
function pack(context: Context): Value {
  const { graph, node, inputs } = context
  const parts = Array.from({ length: inputs }, (_, index) => context.input(index))
  if (parts.every((part) => part.known)) {
    const known = parts.flatMap((part) => part.known ?? [])
    return { name: graph.ints(known.map((dim) => (typeof dim === 'string' ? -1 : dim))), dims: [known.length], known }
  }
  const axis = fromEnd(node.attr.axis?.i ?? 0, parts[0].dims.length + 1)
  const lifted = parts.map((part) => graph.node('Unsqueeze', [part.name, graph.ints([axis])]))
  return { name: graph.node('Concat', lifted, { axis }), dims: parts[0].dims.toSpliced(axis, 0, parts.length) }
}

function unpack({ graph, node, input }: Context): Value[] {
  const { name, dims } = input(0)
  const axis = fromEnd(node.attr.axis?.i ?? 0, dims.length)
  const parts = graph.nodeOf('Split', [name], Number(dims[axis]), { axis })
  return parts.map((part) => ({
    name: graph.node('Squeeze', [part, graph.ints([axis])]),
    dims: dims.toSpliced(axis, 1),
  }))
}

function slice(context: Context): Value {
  const { graph, input } = context
  const { name, dims } = input(0)
  const starts = numbers(context, 1)
  const sizes = numbers(context, 2)
  const ends = starts.map((start, axis) => (sizes[axis] < 0 ? Number.MAX_SAFE_INTEGER : start + sizes[axis]))
  const axes = graph.ints(starts.map((_, axis) => axis))
  return {
    name: graph.node('Slice', [name, graph.ints(starts), graph.ints(ends), axes]),
    dims: dims.map((dim, axis) =>
      sizes[axis] < 0 ? (starts[axis] === 0 ? dim : Number(dim) - starts[axis]) : sizes[axis],
    ),
  }
}

/** Only of shapes: one of their numbers. */
function stridedSlice(context: Context): Value {
  const all = known(context, 0)
  const item = all[fromEnd(numbers(context, 1)[0], all.length)]
  return { name: '', dims: [], known: [item] }
}

function tile(context: Context): Value {
  const { graph, input } = context
  const { name, dims } = input(0)
  const times = numbers(context, 1)
  return {
    name: graph.node('Tile', [name, graph.ints(times)]),
    dims: dims.map((dim, axis) => (times[axis] === 1 ? dim : Number(dim) * times[axis])),
  }
}

export const SHAPES: Readonly<Record<string, Translation>> = {
  Reshape: reshape,
  Squeeze: squeeze,
  ExpandDims: expandDims,
  Transpose: transpose,
  ConcatV2: concat,
  Pack: pack,
  Unpack: unpack,
  Slice: slice,
  StridedSlice: stridedSlice,
  Shape: ({ input }) => ({ name: '', dims: [input(0).dims.length], known: input(0).dims }),
  Tile: tile,
}
