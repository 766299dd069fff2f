import { CONVOLUTIONS } from './convolutions'
import { ELEMENTWISE } from './elementwise'
import type { TfGraph, TfNode, Weight } from './graph-model'
import { MATRICES } from './matrices'
import type { Dim, OnnxGraph, Value } from './onnx-graph'
import { SHAPES } from './shapes'
import { weightValue } from './weights'

/** What the translation of one node may use. */
export interface Context {
  readonly graph: OnnxGraph
  readonly node: TfNode
  /** The node's inputs in order, control inputs left out; weights are written when they are first asked for. */
  input(index: number): Value
  readonly inputs: number
  /** The weight behind an input; undefined when it is computed. */
  weight(index: number): Weight | undefined
}

/** Writes what one TensorFlow node does; one value for each of its outputs. */
export type Translation = (context: Context) => Value | Value[]

const TRANSLATIONS: Readonly<Record<string, Translation>> = { ...ELEMENTWISE, ...CONVOLUTIONS, ...MATRICES, ...SHAPES }

/** Translates nodes on demand, each once, from the outputs down. */
export class Translator {
  private readonly done = new Map<string, Value[]>()
  private readonly tf: TfGraph
  private readonly graph: OnnxGraph

  constructor(tf: TfGraph, graph: OnnxGraph) {
    this.tf = tf
    this.graph = graph
  }

  /** Lets what comes before a node go: its value is the model's input. */
  feed(node: string, name: string, dims: readonly Dim[]): void {
    this.graph.input(name, dims)
    this.done.set(node, [{ name, dims }])
  }

  /** @param reference `node`, or `node:1` for its second output */
  value(reference: string): Value {
    const [, name, output] = /^(.*?)(?::(\d+))?$/.exec(reference) ?? []
    const values = this.done.get(name) ?? this.translate(name)
    return values[Number(output ?? 0)]
  }

  private translate(name: string): Value[] {
    const node = this.tf.nodes.get(name)
    if (!node) throw new Error(`The graph has no node "${name}"`)
    const values = [node.op === 'Const' ? this.constant(name) : this.call(node)].flat()
    this.done.set(name, values)
    return values
  }

  private constant(name: string): Value {
    const weight = this.tf.weights.get(name)
    if (!weight) throw new Error(`The graph has no weight "${name}"`)
    return weightValue(this.graph, name, weight)
  }

  private call(node: TfNode): Value | Value[] {
    const translation = TRANSLATIONS[node.op]
    if (!translation) throw new Error(`The operator ${node.op} of node "${node.name}" cannot be translated`)
    const inputs = node.input.filter((reference) => !reference.startsWith('^'))
    return translation({
      graph: this.graph,
      node,
      inputs: inputs.length,
      input: (index) => this.value(inputs[index]),
      weight: (index) => this.weightOf(inputs[index]),
    })
  }

  private weightOf(reference: string): Weight | undefined {
    const node = this.tf.nodes.get(reference.replace(/:0$/, ''))
    if (node?.op === 'Identity') return this.weightOf(node.input[0])
    return node?.op === 'Const' ? this.tf.weights.get(node.name) : undefined
  }
}
