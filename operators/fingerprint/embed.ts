import { ToolError } from '../../core/errors'
import { opaque } from '../../core/opaque'
import type { RunContext } from '../../core/operator'
import { toTensor } from '../../core/preprocess/to-tensor'
import type { Raster } from '../../core/raster'
import { unitLength } from '../../core/vector'
import { findModel } from '../../models/manifest'
import { EMBEDDINGS, type EmbeddingModel } from './models'

/**
 * What a picture shows, as a point on the unit sphere: copies of a picture lie close together.
 *
 * @throws ToolError model-unavailable when the model is not here
 */
export async function embedImage(image: Raster, id: EmbeddingModel, { models }: RunContext): Promise<Float32Array> {
  const model = findModel(id)
  if (!model?.preprocess) throw new ToolError('model-unavailable', `There is no image embedding model "${id}"`)
  const { tensor } = await toTensor(opaque(image), model.preprocess)
  const outputs = await models.run(id, { [model.inputs[0].name]: tensor })
  const { data, dims } = outputs[EMBEDDINGS[id].output]
  if (!(data instanceof Float32Array) || !data.every(Number.isFinite)) {
    throw new ToolError('model-unavailable', `The model "${id}" gave no numbers`)
  }
  return unitLength(data.slice(0, dims.at(-1)))
}
