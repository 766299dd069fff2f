import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { tfjsToOnnx } from '../../server/models/tfjs-to-onnx/convert'

interface Node {
  readonly name: string
  readonly op: string
  readonly input?: readonly string[]
  readonly attr?: Readonly<Record<string, unknown>>
}

interface Weight {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32'
  readonly values: readonly number[]
}

const text = (value: string) => ({ s: Buffer.from(value).toString('base64') })
const ints = (...values: number[]) => ({ list: { i: values.map(String) } })

/** A graph model of some nodes: their weights are its constants. */
function graph(nodes: readonly Node[], weights: readonly Weight[] = []) {
  const constants = weights.map(({ name }) => ({ name, op: 'Const' }))
  const specs = weights.map(({ name, shape, dtype }) => ({ name, shape, dtype }))
  const shard = Buffer.concat(
    weights.map(({ dtype, values }) =>
      Buffer.from((dtype === 'int32' ? Int32Array : Float32Array).from(values).buffer),
    ),
  )
  const json = {
    modelTopology: { node: [{ name: 'x', op: 'Placeholder' }, ...constants, ...nodes] },
    weightsManifest: [{ paths: ['shard'], weights: specs }],
  }
  return { json, shard }
}

type Graph = ReturnType<typeof graph>

const convert = ({ json, shard }: Graph, dims: readonly (number | string)[], output = 'y') =>
  tfjsToOnnx(json, [shard], { input: { node: 'x', name: 'x', dims }, outputs: [{ node: output, name: 'y' }] })

async function run(model: Graph, dims: readonly number[], values: readonly number[], output?: string) {
  const session = await InferenceSession.create(convert(model, dims, output), { logSeverityLevel: 3 })
  const { y } = await session.run({ x: new Tensor('float32', Float32Array.from(values), [...dims]) })
  return { dims: [...y.dims], values: Array.from(y.data, Number) }
}

const float = (name: string, shape: number[], values: number[]): Weight => ({ name, shape, dtype: 'float32', values })
const int = (name: string, shape: number[], values: number[]): Weight => ({ name, shape, dtype: 'int32', values })

describe('a graph model of TensorFlow.js, as ONNX', () => {
  test('convolves as TensorFlow does: SAME pads more at the end, VALID not at all', async () => {
    const node = (padding: string): Node => ({
      ...{ name: 'y', op: 'Conv2D', input: ['x', 'w'] },
      attr: { padding: text(padding), strides: ints(1, 2, 2, 1), dilations: ints(1, 1, 1, 1) },
    })
    const kernel = [float('w', [2, 2, 1, 1], [1, 10, 100, 1000])]
    const picture = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    expect(await run(graph([node('SAME')], kernel), [1, 3, 3, 1], picture)).toEqual({
      dims: [1, 2, 2, 1],
      values: [1 + 20 + 400 + 5000, 3 + 600, 7 + 80, 9],
    })
    expect(await run(graph([node('VALID')], kernel), [1, 3, 3, 1], picture)).toEqual({
      dims: [1, 1, 1, 1],
      values: [5421],
    })
  })

  test('keeps the channels of a depthwise convolution apart, then adds a bias and cuts at 6', async () => {
    const y: Node = {
      ...{ name: 'y', op: 'FusedDepthwiseConv2dNative', input: ['x', 'w', 'b'] },
      attr: {
        padding: text('VALID'),
        strides: ints(1, 1, 1, 1),
        fused_ops: { list: { s: ['BiasAdd', 'Relu6'].map((op) => text(op).s) } },
      },
    }
    const model = graph([y], [float('w', [1, 1, 2, 1], [2, -1]), float('b', [2], [0.5, 0.25])])
    expect(await run(model, [1, 1, 2, 2], [1, -3, 4, 0.125])).toEqual({
      dims: [1, 1, 2, 2],
      values: [2.5, 3.25, 6, 0.125],
    })
  })

  test('works out shapes that the graph computes from its own', async () => {
    const nodes: Node[] = [
      { name: 'shape', op: 'Shape', input: ['x'] },
      { name: 'first', op: 'StridedSlice', input: ['shape', 'zero', 'one', 'one'] },
      { name: 'target', op: 'Pack', input: ['first', 'minus', 'two'] },
      { name: 'y', op: 'Reshape', input: ['x', 'target'] },
    ]
    const scalars = [int('zero', [1], [0]), int('one', [1], [1]), int('minus', [], [-1]), int('two', [], [2])]
    expect(await run(graph(nodes, scalars), [1, 2, 3], [1, 2, 3, 4, 5, 6])).toEqual({
      dims: [1, 3, 2],
      values: [1, 2, 3, 4, 5, 6],
    })
  })

  test('leaves out what comes before its input', async () => {
    const nodes: Node[] = [
      { name: 'loop', op: 'LoopCond', input: ['x'] },
      { name: 'inner', op: 'Add', input: ['loop', 'c'] },
      { name: 'y', op: 'Relu', input: ['inner'] },
    ]
    const { json, shard } = graph(nodes, [float('c', [1], [1])])
    const conversion = { input: { node: 'inner', name: 'in', dims: [2] }, outputs: [{ node: 'y', name: 'out' }] }
    const session = await InferenceSession.create(tfjsToOnnx(json, [shard], conversion))
    const { out } = await session.run({ in: new Tensor('float32', Float32Array.of(-1, 2), [2]) })
    expect([...out.data]).toEqual([0, 2])
  })

  test('has the same bytes each time, so that its hash can be pinned', () => {
    const model = graph([{ name: 'y', op: 'Mul', input: ['x', 'w'] }], [float('w', [2], [1, 2])])
    expect(convert(model, ['N', 2]).equals(convert(model, ['N', 2]))).toBe(true)
  })

  test.each([
    ['an operator it does not know', graph([{ name: 'y', op: 'Einsum', input: ['x'] }]), /Einsum of node "y"/],
    ['a node that is not there', graph([{ name: 'y', op: 'Relu', input: ['gone'] }]), /no node "gone"/],
    ['weights of another length', { ...graph([]), shard: Buffer.alloc(8) }, /The weights have 8 bytes, not 0/],
    ['no graph', { json: { layers: [] }, shard: Buffer.alloc(0) } as never, /This is no graph model/],
  ])('is refused with a sentence for %s', (_, model, message) => {
    expect(() => convert(model, [1, 2])).toThrow(message)
  })
})
