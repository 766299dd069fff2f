import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goldenFeeds } from '../../core/inference/golden'
import type { Golden, Model } from '../../models/model'
import { OnnxGraph } from '../../server/models/tfjs-to-onnx/onnx-graph'

/** What a graph does with its input `x`, and the same in plain numbers. */
interface Recipe {
  build(graph: OnnxGraph): string
  compute(x: number): number
}

/** y = 2x + 1 */
export const linear: Recipe = {
  build: (graph) => graph.node('Add', [graph.node('Mul', ['x', graph.scalar(2)]), graph.scalar(1)]),
  compute: (x) => 2 * x + 1,
}

/** The logarithm of a negative number, as a graph: NaN on every backend. */
export const notANumber: Recipe = {
  build: (graph) => graph.node('Log', [graph.node('Sub', ['x', graph.scalar(1000)])]),
  compute: Math.sqrt,
}

/** y = tanh(x)² + sigmoid(x) / 3: functions that every backend approximates in its own way. */
export const curved: Recipe = {
  build: (graph) => {
    const curve = graph.node('Tanh', ['x'])
    const slope = graph.node('Mul', [graph.node('Sigmoid', ['x']), graph.scalar(1 / 3)])
    return graph.node('Add', [graph.node('Mul', [curve, curve]), slope])
  },
  compute: (x) => Math.tanh(x) ** 2 + 1 / (1 + Math.exp(-x)) / 3,
}

/** Two layers with a softmax: products of matrices, as real models are made of. Not computed one by one, so without a self-test. */
export const network: Recipe = {
  build: (graph) => {
    const weights = (name: string, rows: number, columns: number) => {
      const data = Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(7 * i + rows))
      return graph.constant(name, [rows, columns], 'float32', new Uint8Array(data.buffer))
    }
    const hidden = graph.node('Relu', [graph.node('MatMul', ['x', weights('first', 4, 32)])])
    return graph.node('Softmax', [graph.node('MatMul', [hidden, weights('second', 32, 4)])], { axis: -1 })
  },
  compute: () => Number.NaN,
}

const FEED: Golden['feeds'] = [{ name: 'x', dims: [1, 4], low: -1, high: 1 }]

/** A real ONNX file of a few hundred bytes: `x` to `y`, both [N, 4]. */
export function onnxOf({ build }: Recipe, axis: string | number = 'N'): Buffer {
  const graph = new OnnxGraph()
  graph.input('x', [axis, 4])
  graph.output('y', { name: build(graph), dims: [axis, 4] })
  return graph.serialize()
}

interface TinyOptions extends Partial<Model> {
  readonly id: string
}

/** The manifest entry of a tiny model, its self-test made of plain numbers. */
export function tinyModel(recipe: Recipe, { id, ...over }: TinyOptions): Model {
  const bytes = onnxOf(recipe, over.batch === 1 ? 1 : 'N')
  const [x] = Object.values(goldenFeeds({ feeds: FEED, outputs: [] }, []))
  const at = [...x.data].map((value, index) => [index, recipe.compute(Number(value))] as const)
  return {
    ...{ id, title: id, summary: 'made by a test', task: 'image-embedding', format: 'onnx' },
    files: [{ name: 'model.onnx', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }],
    sources: [],
    licence: { weights: 'CC0-1.0', code: 'CC0-1.0', commercial: 'yes' },
    inputs: [{ name: 'x', shape: [over.batch === 1 ? 1 : 'N', 4], type: 'float32' }],
    outputs: [{ name: 'y', shape: [over.batch === 1 ? 1 : 'N', 4], type: 'float32' }],
    batch: 8,
    quality: [],
    golden: { feeds: FEED, outputs: [{ name: 'y', dims: [1, 4], at, tolerance: 1e-4 }] },
    default: false,
    memory: 1000,
    ...over,
  }
}

/** Writes the model's file into a folder. @returns its path */
export function writeTiny(folder: string, recipe: Recipe, { id, batch }: Model): string {
  const path = join(folder, `${id}.onnx`)
  writeFileSync(path, onnxOf(recipe, batch === 1 ? 1 : 'N'))
  return path
}
