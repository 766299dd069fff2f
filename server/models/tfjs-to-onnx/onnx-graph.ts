import { bytesField, floatField, intField, messageField } from './protobuf'

/** A number, or the name of an axis of any length. */
export type Dim = number | string

/** A tensor of the graph. Shapes are followed, so that paddings and arithmetic on shapes become constants. */
export interface Value {
  readonly name: string
  readonly dims: readonly Dim[]
  /** What is in it, where it is an integer tensor that does not depend on the input. */
  readonly known?: readonly Dim[]
}

/** TensorProto.DataType */
export const ELEMENT = { float32: 1, uint8: 2, uint16: 4, int32: 6, int64: 7, bool: 9, float16: 10 } as const
export type Element = keyof typeof ELEMENT

type Attribute = number | string | readonly number[] | { readonly float: number }

const IR_VERSION = 8
const OPSET = 13

/** Collects nodes and constants, and writes them as an ONNX model. The same calls write the same bytes. */
export class OnnxGraph {
  private readonly nodes: Buffer[] = []
  private readonly constants = new Map<string, Buffer>()
  private readonly used = new Set<string>()
  private readonly inputs: Buffer[] = []
  private readonly outputs: Buffer[] = []
  private count = 0

  /** @returns the output's name */
  node(type: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.nodeOf(type, inputs, 1, attributes)[0]
  }

  /** For operators with several outputs. */
  nodeOf(
    type: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string[] {
    const names = Array.from({ length: outputs }, () => this.unique(type))
    for (const name of inputs) this.used.add(name)
    this.nodes.push(
      Buffer.concat([
        ...inputs.map((name) => bytesField(1, name)),
        ...names.map((name) => bytesField(2, name)),
        bytesField(4, type),
        ...Object.entries(attributes).map(([name, value]) => messageField(5, attribute(name, value))),
      ]),
    )
    return names
  }

  /** @param data row-major, little-endian */
  constant(name: string, dims: readonly number[], element: Element, data: Uint8Array): string {
    if (!this.constants.has(name)) {
      const shape = dims.map((dim) => intField(1, dim))
      const parts = [...shape, intField(2, ELEMENT[element]), bytesField(8, name), bytesField(9, data)]
      this.constants.set(name, Buffer.concat(parts))
    }
    return name
  }

  /** Shapes, axes and paddings: a list of int64. */
  ints(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt)
    return this.constant(`ints ${values.join(' ')}`, [values.length], 'int64', new Uint8Array(data.buffer))
  }

  scalar(value: number): string {
    return this.constant(`scalar ${value}`, [], 'float32', new Uint8Array(Float32Array.of(value).buffer))
  }

  input(name: string, dims: readonly Dim[], element: Element = 'float32'): void {
    this.inputs.push(Buffer.concat(valueInfo(name, dims, element)))
  }

  output(name: string, value: Value, element: Element = 'float32'): void {
    this.used.add(value.name)
    this.nodes.push(Buffer.concat([bytesField(1, value.name), bytesField(2, name), bytesField(4, 'Identity')]))
    this.outputs.push(Buffer.concat(valueInfo(name, value.dims, element)))
  }

  /** @returns a ModelProto */
  serialize(): Buffer {
    const constants = [...this.constants].flatMap(([name, tensor]) => (this.used.has(name) ? [tensor] : []))
    const graph = [
      ...this.nodes.map((node) => bytesField(1, node)),
      bytesField(2, 'graph'),
      ...constants.map((tensor) => bytesField(5, tensor)),
      ...this.inputs.map((input) => bytesField(11, input)),
      ...this.outputs.map((output) => bytesField(12, output)),
    ]
    const opset = [bytesField(1, ''), intField(2, OPSET)]
    return Buffer.concat([
      intField(1, IR_VERSION),
      bytesField(2, 'tfjs-to-onnx'),
      messageField(7, graph),
      messageField(8, opset),
    ])
  }

  private unique(type: string): string {
    return `${type} ${this.count++}`
  }
}

/** AttributeProto */
function attribute(name: string, value: Attribute): Buffer[] {
  const [FLOAT, INT, STRING, INTS] = [1, 2, 3, 7]
  const named = bytesField(1, name)
  if (typeof value === 'number') return [named, intField(3, value), intField(20, INT)]
  if (typeof value === 'string') return [named, bytesField(4, value), intField(20, STRING)]
  if ('float' in value) return [named, floatField(2, value.float), intField(20, FLOAT)]
  return [named, ...value.map((item) => intField(8, item)), intField(20, INTS)]
}

/** ValueInfoProto of a tensor. */
function valueInfo(name: string, dims: readonly Dim[], element: Element): Buffer[] {
  const shape = dims.map((dim) => messageField(1, [typeof dim === 'number' ? intField(1, dim) : bytesField(2, dim)]))
  const tensor = [intField(1, ELEMENT[element]), messageField(2, shape)]
  return [bytesField(1, name), messageField(2, [messageField(1, tensor)])]
}
