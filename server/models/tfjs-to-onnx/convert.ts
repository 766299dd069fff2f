import type { Conversion } from '../../../models/model'
import { readGraphModel } from './graph-model'
import { OnnxGraph } from './onnx-graph'
import { Translator } from './translate'

/**
 * Turns a TensorFlow.js graph model into an ONNX model of the same numbers (opset 13). The same input gives the same
 * bytes on every machine, so the result has a hash that can be pinned.
 *
 * @param json parsed `model.json`
 * @param shards its weight files in order
 * @param conversion where the graph is cut, and what its inputs and outputs are to be called
 * @throws Error that names the node when something in it cannot be translated
 */
export function tfjsToOnnx(json: unknown, shards: readonly Uint8Array[], conversion: Conversion): Buffer {
  const graph = new OnnxGraph()
  const translator = new Translator(readGraphModel(json, shards), graph)
  const { input, outputs } = conversion
  translator.feed(input.node, input.name, input.dims)
  for (const { node, name } of outputs) graph.output(name, translator.value(node))
  return graph.serialize()
}
