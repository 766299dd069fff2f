import { ToolError } from '../../core/errors'
import type { RunContext } from '../../core/operator'
import { toTensor } from '../../core/preprocess/to-tensor'
import type { Raster } from '../../core/raster'
import { modelsFor } from '../../models/manifest'
import type { Task } from '../../models/model'
import { grow, type Region, square, view } from '../find-faces/region'
import type { Attributes } from './spec'
import { checkNumbers } from './vector'

const POSE_ROOM = 1.5 // a quarter of the box on each side, as the pose model was packaged
const AGE_ROOM = 1.2 // measured: wider squares make people younger and less sure

/** Age, gender and pose of the face in a box. @param between is waited for between the two models */
export async function estimateAttributes(
  picture: Raster,
  face: Region,
  ctx: RunContext,
  between: () => Promise<void>,
): Promise<Attributes> {
  const pose = await estimatePose(picture, grow(face, POSE_ROOM), ctx)
  await between()
  return { ...(await estimateAge(picture, grow(square(face), AGE_ROOM), ctx)), pose }
}

async function estimatePose(picture: Raster, region: Region, ctx: RunContext): Promise<Attributes['pose']> {
  const outputs = await runOn(picture, region, 'face-pose', ctx)
  return { yaw: angle(outputs.output), pitch: angle(outputs['617']), roll: angle(outputs['618']) }
}

async function estimateAge(picture: Raster, region: Region, ctx: RunContext): Promise<Omit<Attributes, 'pose'>> {
  const { age, gender } = await runOn(picture, region, 'face-attributes', ctx)
  return { age: Math.round(expected(age) + FIRST_AGE), gender: gender[0] > 0.5 ? 'male' : 'female' }
}

/** The outputs, by name, of a task's default model for a part of the picture. */
async function runOn(picture: Raster, region: Region, task: Task, { models }: RunContext) {
  const [model] = modelsFor(task)
  if (!model?.preprocess) throw new ToolError('model-unavailable', `There is no model for ${task} here`)
  const { tensor } = await toTensor(await view(picture, region, model.preprocess), model.preprocess)
  const results = await models.run(model.id, { [model.inputs[0].name]: tensor })
  const numbers = Object.entries(results).map(([name, output]) => [name, checkNumbers(output, model.id)] as const)
  return Object.fromEntries(numbers)
}

const FIRST_AGE = 1 // of the model's hundred years
const BIN_DEGREES = 3
const LEAST_DEGREES = -99

/** Degrees, to a tenth, from the model's 66 bins of 3° each, not yet made into probabilities. */
const angle = (bins: Float32Array): number =>
  Math.round((expected(softmax(bins)) * BIN_DEGREES + LEAST_DEGREES) * 10) / 10

function softmax(values: Float32Array): Float32Array {
  const most = Math.max(...values)
  const powers = values.map((value) => Math.exp(value - most))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** The mean index under these probabilities. */
const expected = (probabilities: Float32Array): number => probabilities.reduce((sum, p, index) => sum + p * index, 0)
