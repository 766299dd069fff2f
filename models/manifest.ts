import { nsfwMobileNet } from './entries/content-classes'
import { darkroomCopies } from './entries/copies'
import { darkroomInpaint } from './entries/darkroom-inpaint'
import { faceRes } from './entries/face-attributes'
import { blazeFaceBack, blazeFaceFront, facePluginLandmarks, ultraFace } from './entries/face-finders'
import { facePluginFeature, facePluginPose } from './entries/faces'
import { laMa, miGan } from './entries/inpainting'
import { darkroomMarks } from './entries/marks'
import { cocoSsd } from './entries/objects'
import { darkroomPlateCorners } from './entries/plate-corners'
import { darkroomPlates } from './entries/plates'
import { dinoV2Base, dinoV2Small, sscdDiscMixup } from './entries/reference-embeddings'
import { arcFaceGlint360k, auraFace, sFace } from './entries/reference-faces'
import { ppOcrDetection, ppOcrRecognition } from './entries/text'
import type { Model, Task } from './model'

/** Every model; of those for one task, the default first. No other file lists them. */
export const manifest: readonly Model[] = [
  facePluginFeature,
  arcFaceGlint360k,
  auraFace,
  sFace,
  facePluginPose,
  faceRes,
  ultraFace,
  blazeFaceBack,
  blazeFaceFront,
  facePluginLandmarks,
  ppOcrDetection,
  ppOcrRecognition,
  darkroomPlates,
  darkroomPlateCorners,
  cocoSsd,
  nsfwMobileNet,
  darkroomCopies,
  dinoV2Small,
  dinoV2Base,
  sscdDiscMixup,
  darkroomInpaint,
  darkroomMarks,
  laMa,
  miGan,
]

export const findModel = (id: string): Model | undefined => manifest.find((model) => model.id === id)

/** The models for a task, the default first. */
export const modelsFor = (task: Task): readonly Model[] => manifest.filter((model) => model.task === task)
