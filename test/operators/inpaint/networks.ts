import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Models } from '../../../core/inference/models'
import type { ModelRunner } from '../../../core/ports'
import { laMa, miGan } from '../../../models/entries/inpainting'
import { findModel } from '../../../models/manifest'
import { nodeBackends } from '../../../server/adapters/ort-node'
import { OnnxGraph } from '../../../server/models/tfjs-to-onnx/onnx-graph'

/**
 * The signature of LaMa as it is published, and the operators that its Fourier convolutions are exported as, around a
 * network that fills the hole with the mean of what is known.
 */
function laMaLike(): Buffer {
  const graph = new OnnxGraph()
  graph.input('image', [1, 3, 512, 512])
  graph.input('mask', [1, 1, 512, 512])
  const known = graph.node('Sub', [graph.scalar(1), 'mask'])
  const masked = graph.node('Mul', ['image', known])
  const filled = graph.node('Mul', [throughFourier(graph, meanOf(graph, masked, known)), 'mask'])
  const inpainted = graph.node('Add', [masked, filled])
  const name = graph.node('Clip', [
    graph.node('Mul', [inpainted, graph.scalar(255)]),
    graph.scalar(0),
    graph.scalar(255),
  ])
  graph.output('output', { name, dims: [1, 3, 512, 512] })
  return graph.serialize()
}

/** The same picture in the end: transformed and back by a product with the cosine matrix, and turned over twice. */
function throughFourier(graph: OnnxGraph, mean: string): string {
  const cosine = Float32Array.from({ length: 9 }, (_, i) => cosineAt(Math.floor(i / 3), i % 3))
  const matrix = graph.constant('cosine', [3, 3], 'float32', new Uint8Array(cosine.buffer))
  const spectrum = graph.node('Einsum', [mean, matrix], { equation: 'bchw,dc->bdhw' })
  const back = graph.node('Einsum', [spectrum, matrix], { equation: 'bdhw,dc->bchw' })
  const turned = graph.node('Slice', [back, ...[[-1], [-4], [1], [-1]].map((list) => graph.ints(list))])
  return graph.node('Slice', [turned, ...[[-1], [-4], [1], [-1]].map((list) => graph.ints(list))])
}

/** Orthonormal: its transpose undoes it. */
const cosineAt = (row: number, column: number) =>
  row === 0 ? Math.sqrt(1 / 3) : Math.sqrt(2 / 3) * Math.cos((Math.PI * row * (2 * column + 1)) / 6)

/** The signature of MI-GAN's pipeline: bytes in and out, any size, and 255 in the mask for what is kept. */
function miGanLike(): Buffer {
  const graph = new OnnxGraph()
  graph.input('image', [1, 3, 'H', 'W'], 'uint8')
  graph.input('mask', [1, 1, 'H', 'W'], 'uint8')
  const asFloat = (name: string) => graph.node('Cast', [name], { to: 1 })
  const known = graph.node('Div', [asFloat('mask'), graph.scalar(255)])
  const masked = graph.node('Mul', [asFloat('image'), known])
  const hole = graph.node('Equal', [known, graph.scalar(0)])
  const filled = graph.node('Where', [hole, meanOf(graph, masked, known), asFloat('image')])
  const name = graph.node('Cast', [graph.node('Round', [filled])], { to: 2 })
  graph.output('result', { name, dims: [1, 3, 'H', 'W'] }, 'uint8')
  return graph.serialize()
}

function meanOf(graph: OnnxGraph, masked: string, known: string): string {
  const sum = (name: string) => graph.node('ReduceSum', [name, graph.ints([2, 3])], { keepdims: 1 })
  return graph.node('Div', [sum(masked), sum(known)])
}

const BUILT: Readonly<Record<string, () => Buffer>> = { [laMa.id]: laMaLike, [miGan.id]: miGanLike }

interface Counted extends ModelRunner {
  /** How often a model ran so far. */
  runs(id: string): number
}

/** These models as networks built here, on ONNX Runtime; all others are not installed. */
export function builtModels(ids: readonly string[]): Counted {
  const folder = mkdtempSync(join(tmpdir(), 'inpaint-models-'))
  const runs = new Map<string, number>()
  const models = new Models<string>({
    find: findModel,
    source: {
      has: async ({ id }) => ids.includes(id),
      load: async ({ id }) => {
        const path = join(folder, `${id}.onnx`)
        writeFileSync(path, BUILT[id]())
        return path
      },
    },
    backends: async () => nodeBackends('cpu', 1),
    choices: { recall: async () => undefined, remember: async () => {} },
    memoryBytes: 1e9,
    now: () => performance.now(),
  })
  return {
    runs: (id) => runs.get(id) ?? 0,
    run: (id, feeds) => {
      runs.set(id, (runs.get(id) ?? 0) + 1)
      return models.run(id, feeds)
    },
    has: models.has,
    backend: models.backend,
    loadMs: models.loadMs,
  }
}
