import { ToolError } from '../../core/errors'
import { opaque } from '../../core/opaque'
import type { Run, RunContext } from '../../core/operator'
import { toTensor } from '../../core/preprocess/to-tensor'
import type { Raster } from '../../core/raster'
import { unitLength } from '../../core/vector'
import { findModel } from '../../models/manifest'
import type { Model } from '../../models/model'
import { alignFace } from '../find-faces/align'
import { detectFaces, type FoundBox } from '../find-faces/detect'
import { facePoints } from '../find-faces/landmarks'
import { grow } from '../find-faces/region'
import { estimateAttributes } from './attributes'
import type { embedFace } from './spec'
import { checkNumbers, contractOf } from './vector'

const ROOM = 1.5 // faces that fill a crop are found when there is room around them
const SURE = 0.5 // less than for whole photos: a crop is said to be a face

const STEPS = 5 // a model each: finds the face, its points, the vector, the pose, the age

const NO_FACE = 'No face seems to be in the picture: the vector says little about a person'
const SEVERAL = 'More than one face is in the picture: the vector is of the surest'

/** Turns a crop of one face into a vector; a picture without a face has one too, and a warning. */
export const run: Run<typeof embedFace> = async ({ file }, params, ctx) => {
  const { include_attributes, normalize, alignment, model: id } = params
  const model = modelOf(id)
  const crop = opaque(file)
  const looks = include_attributes || alignment === 'landmarks'
  const found = looks ? await look(crop, ctx) : []
  await ctx.checkpoint(1, STEPS)
  const [face] = found
  const aligns = face !== undefined && alignment === 'landmarks'
  const shown = aligns ? await aligned(crop, face, ctx) : crop
  await ctx.checkpoint(2, STEPS)
  const raw = await embed(shown, model, ctx)
  await ctx.checkpoint(3, STEPS)
  const between = () => ctx.checkpoint(4, STEPS)
  const embedding = Array.from(normalize ? unitLength(raw) : raw)
  const { width, height } = model.preprocess
  const data = {
    embedding,
    embedding_shape: [embedding.length],
    embedding_dim: embedding.length,
    model: id,
    input_size: `${width}x${height}`,
    ...(include_attributes && { attributes: await estimateAttributes(crop, face ?? whole(crop), ctx, between) }),
    model_contract: contractOf(id, aligns ? 'landmarks' : 'none', normalize),
    face_found: looks ? face !== undefined : null,
    faces: face ? [face] : [],
    warnings: looks ? warningsOf(found) : [],
  }
  return { data, artefacts: {}, backend: ctx.models.backend(id)?.name ?? '' }
}

export const check = () => {}

type PreparedModel = Model & Required<Pick<Model, 'preprocess'>>

function modelOf(id: string): PreparedModel {
  const model = findModel(id)
  if (!model?.preprocess) throw new ToolError('model-unavailable', `There is no face embedding model "${id}"`)
  return { ...model, preprocess: model.preprocess }
}

const whole = ({ width, height }: Raster) => ({ x: 0, y: 0, w: width, h: height })

const look = (crop: Raster, { models }: RunContext): Promise<FoundBox[]> =>
  detectFaces(crop, [grow(whole(crop), ROOM)], SURE, models)

async function aligned(crop: Raster, face: FoundBox, { models }: RunContext): Promise<Raster> {
  return alignFace(crop, await facePoints(crop, face, models))
}

async function embed(face: Raster, { id, inputs, outputs, preprocess }: PreparedModel, { models }: RunContext) {
  const { tensor } = await toTensor(face, preprocess)
  const result = await models.run(id, { [inputs[0].name]: tensor })
  return checkNumbers(result[outputs[0].name], id)
}

function warningsOf(found: readonly FoundBox[]): string[] {
  if (found.length === 0) return [NO_FACE]
  return found.length > 1 ? [SEVERAL] : []
}
