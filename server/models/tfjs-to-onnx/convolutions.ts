import { activate, combine } from './elementwise'
import { intsAttribute, textAttribute, textsAttribute } from './graph-model'
import type { Dim, OnnxGraph, Value } from './onnx-graph'
import type { Context, Translation } from './translate'
import { transposed, weightValue } from './weights'

const NHWC_TO_NCHW = [0, 3, 1, 2]
const NCHW_TO_NHWC = [0, 2, 3, 1]

/**
 * TensorFlow.js computes on NHWC, ONNX on NCHW: each operator is put between two transpositions, and those of
 * neighbours cancel each other when the runtime loads the model.
 */
function inNchw(graph: OnnxGraph, value: Value, compute: (name: string) => string): string {
  const planes = graph.node('Transpose', [value.name], { perm: NHWC_TO_NCHW })
  return graph.node('Transpose', [compute(planes)], { perm: NCHW_TO_NHWC })
}

interface Window {
  readonly kernel: readonly [height: number, width: number]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
}

interface Placed {
  /** Top, left, bottom, right. */
  readonly pads: readonly [number, number, number, number]
  readonly size: readonly [height: number, width: number]
}

/** Where a window lies on a picture, by TensorFlow's rules for SAME, VALID and EXPLICIT. */
function place({ node }: Context, [, height, width]: readonly Dim[], window: Window): Placed {
  if (typeof height === 'string' || typeof width === 'string')
    throw new Error(`The size of "${node.name}" is not fixed`)
  const explicit = intsAttribute(node, 'explicit_paddings')
  const axes = [height, width].map((length, axis) => {
    const reach = (window.kernel[axis] - 1) * window.dilations[axis] + 1
    const stride = window.strides[axis]
    const [before, after] = padding(textAttribute(node, 'padding'), length, reach, stride, explicit.slice(2 + 2 * axis))
    return { before, after, length: Math.floor((length + before + after - reach) / stride) + 1 }
  })
  const [y, x] = axes
  return { pads: [y.before, x.before, y.after, x.after], size: [y.length, x.length] }
}

function padding(
  rule: string | undefined,
  length: number,
  reach: number,
  stride: number,
  explicit: readonly number[],
): readonly [before: number, after: number] {
  if (rule === 'EXPLICIT') return [explicit[0], explicit[1]]
  if (rule !== 'SAME') return [0, 0]
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0)
  return [Math.floor(total / 2), Math.ceil(total / 2)]
}

const spatial = (ints: readonly number[]): number[] => (ints.length === 0 ? [1, 1] : ints.slice(1, 3))

function convolve(context: Context, isDepthwise: boolean): Value {
  const { graph, node, input, weight } = context
  const kernel = weight(1)
  if (!kernel) throw new Error(`The kernel of "${node.name}" is computed, which cannot be translated`)
  const [height, width, channels, last] = kernel.dims
  const features = isDepthwise ? channels * last : last
  const planes = transposed(kernel, isDepthwise ? [2, 3, 0, 1] : [3, 2, 0, 1])
  const filters = weightValue(graph, `${node.name} kernel`, {
    ...planes,
    dims: [features, isDepthwise ? 1 : channels, height, width],
  })
  const window: Window = {
    kernel: [height, width],
    strides: spatial(intsAttribute(node, 'strides')),
    dilations: spatial(intsAttribute(node, 'dilations')),
  }
  const { pads, size } = place(context, input(0).dims, window)
  const attributes = { strides: window.strides, dilations: window.dilations, pads, group: isDepthwise ? channels : 1 }
  const name = inNchw(graph, input(0), (planes) => graph.node('Conv', [planes, filters.name], attributes))
  return fused(context, { name, dims: [input(0).dims[0], ...size, features] })
}

/** Biases and activations that were folded into an operator of two inputs. */
export function fused({ graph, node, input }: Context, value: Value): Value {
  return textsAttribute(node, 'fused_ops').reduce(
    (so, type) => (type === 'BiasAdd' ? combine(graph, 'Add', so, input(2)) : activate(graph, type, so)),
    value,
  )
}

const pool =
  (type: 'MaxPool' | 'AveragePool'): Translation =>
  (context) => {
    const { graph, node, input } = context
    const [height, width] = spatial(intsAttribute(node, 'ksize'))
    const strides = spatial(intsAttribute(node, 'strides'))
    const { pads, size } = place(context, input(0).dims, { kernel: [height, width], strides, dilations: [1, 1] })
    const attributes = { kernel_shape: [height, width], strides, pads }
    const { dims } = input(0)
    return {
      name: inNchw(graph, input(0), (planes) => graph.node(type, [planes], attributes)),
      dims: [dims[0], ...size, dims[3]],
    }
  }

export const CONVOLUTIONS: Readonly<Record<string, Translation>> = {
  Conv2D: (context) => convolve(context, false),
  _FusedConv2D: (context) => convolve(context, false),
  DepthwiseConv2dNative: (context) => convolve(context, true),
  FusedDepthwiseConv2dNative: (context) => convolve(context, true),
  MaxPool: pool('MaxPool'),
  AvgPool: pool('AveragePool'),
  FusedBatchNorm: batchNormalization,
  FusedBatchNormV3: batchNormalization,
}

function batchNormalization({ graph, node, input }: Context): Value {
  const parameters = [1, 2, 3, 4].map((index) => input(index).name)
  const epsilon = { float: node.attr.epsilon?.f ?? 1e-4 }
  const name = inNchw(graph, input(0), (planes) =>
    graph.node('BatchNormalization', [planes, ...parameters], { epsilon }),
  )
  return { name, dims: input(0).dims }
}
