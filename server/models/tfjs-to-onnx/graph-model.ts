import { z } from 'zod'

/** Base64, or in models of old converters a list of bytes. */
const Text = z.union([z.base64(), z.array(z.int())]).transform((text) => {
  return (typeof text === 'string' ? Buffer.from(text, 'base64') : Buffer.from(text)).toString()
})

/** An attribute of a TensorFlow node as JSON has it; 64-bit integers are text. */
const AttributeValue = z.object({
  b: z.boolean().optional(),
  f: z.number().optional(),
  i: z.coerce.number().optional(),
  s: Text.optional(),
  list: z.object({ i: z.array(z.coerce.number()).optional(), s: z.array(Text).optional() }).optional(),
})

const Node = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), AttributeValue).default({}),
})
export type TfNode = z.infer<typeof Node>

const WeightSpec = z.object({
  name: z.string(),
  shape: z.array(z.int()),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: z
    .discriminatedUnion('dtype', [
      z.object({ dtype: z.literal('float16') }),
      z.object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() }),
    ])
    .optional(),
})
type WeightSpec = z.infer<typeof WeightSpec>

/** `model.json` of a TensorFlow.js graph model. */
const GraphModel = z.object({
  modelTopology: z.object({ node: z.array(Node) }),
  weightsManifest: z.array(z.object({ weights: z.array(WeightSpec) })),
})

/** A constant as it is stored: half floats and quantised bytes stay what they are, so that files stay small. */
export interface Weight {
  readonly dims: readonly number[]
  readonly stored: 'float32' | 'int32' | 'bool' | 'float16' | 'uint8' | 'uint16'
  /** Row-major, little-endian. */
  readonly data: Uint8Array
  /** For `uint8` and `uint16`: value = stored × scale + min. */
  readonly scale?: number
  readonly min?: number
}

export interface TfGraph {
  readonly nodes: ReadonlyMap<string, TfNode>
  readonly weights: ReadonlyMap<string, Weight>
}

/**
 * @param json parsed `model.json`
 * @param shards the weight files, in the order in which it lists them
 * @throws Error when it is no graph model, or the shards are not as long as it says
 */
export function readGraphModel(json: unknown, shards: readonly Uint8Array[]): TfGraph {
  const { data, error } = GraphModel.safeParse(json)
  if (!data) throw new Error(`This is no graph model: ${z.prettifyError(error).split('\n')[0]}`)
  const { modelTopology, weightsManifest } = data
  const specs = weightsManifest.flatMap(({ weights }) => weights)
  return {
    nodes: new Map(modelTopology.node.map((node) => [node.name, node])),
    weights: sliceWeights(specs, Buffer.concat(shards)),
  }
}

function sliceWeights(specs: readonly WeightSpec[], bytes: Uint8Array): Map<string, Weight> {
  const weights = new Map<string, Weight>()
  let offset = 0
  for (const spec of specs) {
    const weight = weightOf(spec, bytes, offset)
    weights.set(spec.name, weight)
    offset += weight.data.length
  }
  if (offset !== bytes.length) throw new Error(`The weights have ${bytes.length} bytes, not ${offset}`)
  return weights
}

function weightOf({ shape, dtype, quantization }: WeightSpec, bytes: Uint8Array, offset: number): Weight {
  const stored = quantization?.dtype ?? dtype
  const length = shape.reduce((product, dim) => product * dim, 1) * ELEMENT_BYTES[stored]
  const range = quantization && 'scale' in quantization ? { scale: quantization.scale, min: quantization.min } : {}
  return { dims: shape, stored, data: bytes.subarray(offset, offset + length), ...range }
}

export const ELEMENT_BYTES = { float32: 4, int32: 4, bool: 1, float16: 2, uint8: 1, uint16: 2 } as const

export const textAttribute = (node: TfNode, name: string): string | undefined => node.attr[name]?.s
export const textsAttribute = (node: TfNode, name: string): string[] => node.attr[name]?.list?.s ?? []
export const intsAttribute = (node: TfNode, name: string): number[] => node.attr[name]?.list?.i ?? []
