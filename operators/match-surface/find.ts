import type { OrientedPoints } from '../../core/cloud'
import type { Checkpoint } from '../../core/progress'
import { type Confirmed, confirm, type Refinement } from './confirm'
import type { TrainedModel } from './model'
import { type SceneSamples, sampleScene, search, type Verified } from './search'

export interface Found {
  /** Confirmed by the scene, best first; none when the object is absent. */
  readonly poses: readonly Confirmed[]
  /** All that was looked at closely, best first. */
  readonly examined: readonly Verified[]
  readonly samples: SceneSamples
}

/**
 * Where the model stands in a scene.
 *
 * @param cloud what `model` was trained on
 * @param eye where the scene's camera may have been, in the scene's coordinates
 */
export async function find(
  model: TrainedModel,
  cloud: OrientedPoints,
  scene: OrientedPoints,
  eye: readonly [number, number, number],
  params: Refinement,
  checkpoint: Checkpoint,
): Promise<Found> {
  const samples = sampleScene(scene, model.step, eye)
  const examined = await search(model, samples, checkpoint)
  const poses = await confirm(examined, cloud, model, scene, samples, params, checkpoint)
  return { poses, examined, samples }
}
