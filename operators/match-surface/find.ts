import type { OrientedPoints } from '../../core/cloud'
import type { Parallel } from '../../core/parallel'
import type { Checkpoint } from '../../core/progress'
import { type Confirmed, confirm, type Refinement } from './confirm'
import type { TrainedModel } from './model'
import { type SceneSamples, sampleScene } from './samples'
import { search, type Verified } from './search'
import type { Ballot } from './voting'

// The second finds objects that are mostly hidden: what is seen of them holds few long pairs.
const ROUNDS: readonly Ballot[] = [
  { reach: 0.6, peaks: 2, leastPeak: 0.8 },
  { reach: 0.3, peaks: 6, leastPeak: 0.6 },
]

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
 * @param parallel the result is the same whatever the number of cores
 */
export async function find(
  model: TrainedModel,
  cloud: OrientedPoints,
  scene: OrientedPoints,
  eye: readonly [number, number, number],
  params: Refinement,
  parallel: Parallel,
  checkpoint: Checkpoint,
): Promise<Found> {
  const samples = sampleScene(scene, model.step, eye)
  const team = parallel.gather({ model, scene: samples })
  const examined: Verified[] = []
  try {
    for (const [round, ballot] of ROUNDS.entries()) {
      const breathe: Checkpoint = (done, total) => checkpoint(round * total + done, ROUNDS.length * total)
      examined.push(...(await search(team, model, samples, ballot, breathe)))
      examined.sort((a, b) => b.belief - a.belief)
      const poses = await confirm(examined, cloud, model, scene, samples, params, breathe)
      if (poses.length > 0) return { poses, examined, samples }
    }
    return { poses: [], examined, samples }
  } finally {
    team.dismiss()
  }
}
