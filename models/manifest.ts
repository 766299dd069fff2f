import { blazeFaceBack, blazeFaceFront, facePluginLandmarks, ultraFace } from './entries/face-finders'
import { facePluginFeature, facePluginPose } from './entries/faces'
import type { Model, Task } from './model'

/** Every model; of those for one task, the default first. No other file lists them. */
export const manifest: readonly Model[] = [
  facePluginFeature,
  facePluginPose,
  blazeFaceBack,
  blazeFaceFront,
  ultraFace,
  facePluginLandmarks,
]

export const findModel = (id: string): Model | undefined => manifest.find((model) => model.id === id)

/** The models for a task, the default first. */
export const modelsFor = (task: Task): readonly Model[] => manifest.filter((model) => model.task === task)
