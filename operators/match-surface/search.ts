import type { OrientedPoints } from '../../core/cloud'
import type { Checkpoint } from '../../core/progress'
import { findCamera } from './camera'
import { cluster } from './cluster'
import { depthMap } from './depth-map'
import { type Evidence, judge, ROUGH, SETTLED, type Strictness, type Verdict } from './judge'
import type { TrainedModel } from './model'
import { type NearestTable, nearest, nearestTable } from './nearest'
import type { Rigid } from './rigid'
import { settle } from './verify'
import { type Ballot, type Hypothesis, Voter } from './voting'
import { voxelSample } from './voxels'

const REFERENCES = 0.2 // of the scene's samples
const MOST_REFERENCES = 1500
const FEWEST_REFERENCES = 30
const GOLDEN = 0.6180339887498949 // multiples of it, modulo 1, spread evenly however early one stops

const CANDIDATES = 800
const EARLY_CANDIDATES = 100 // while more votes are to come
const EARLY_FINALISTS = 12
const FINALISTS = 40
const WINNERS = 8

/** A pose and what speaks for it. */
export interface Verified extends Verdict {
  readonly pose: Rigid
  readonly votes: number
  /** What it was before. */
  readonly voted: Rigid
  readonly clustered: Rigid
}

/** The scene at the two densities that the search needs. */
export interface SceneSamples extends Evidence {
  readonly coarse: OrientedPoints
}

const FINE = 0.4 // of the step: edge of the voxels for verification

/**
 * @param step the model's: sizes taken from the scene's own box would change with whatever else is in it
 * @param eye where the camera may have been
 */
export function sampleScene(cloud: OrientedPoints, step: number, eye: readonly [number, number, number]): SceneSamples {
  const fine = voxelSample(cloud, FINE * step)
  const camera = findCamera(cloud, eye)
  const spacing = FINE * Math.sqrt(fine.count / cloud.count) // between scene points, in steps
  const near = nearestTable(fine, FINE * step)
  return {
    coarse: voxelSample(fine, step),
    near,
    noise: noiseOf(cloud, near),
    map: camera ? depthMap(cloud, camera, Math.max(0.25, 1.5 * spacing) * step) : null,
  }
}

const NOISE_POINTS = 5000

function noiseOf({ count, positions }: OrientedPoints, near: NearestTable): number {
  const { positions: places, normals } = near.points
  const every = 3 * Math.ceil(count / NOISE_POINTS)
  let [squares, paired] = [0, 0]
  for (let i = 0; i < count * 3; i += every) {
    const j = nearest(near, positions[i], positions[i + 1], positions[i + 2]) * 3
    if (j < 0) continue
    const away =
      (positions[i] - places[j]) * normals[j] +
      (positions[i + 1] - places[j + 1]) * normals[j + 1] +
      (positions[i + 2] - places[j + 2]) * normals[j + 2]
    squares += away * away
    paired++
  }
  return Math.sqrt(squares / Math.max(1, paired))
}

/**
 * Votes in growing batches until one pose stands out.
 *
 * @returns every pose that was looked at closely, best first
 */
export async function search(
  model: TrainedModel,
  scene: SceneSamples,
  ballot: Ballot,
  checkpoint: Checkpoint,
): Promise<Verified[]> {
  const { count } = scene.coarse
  const budget = Math.min(count, MOST_REFERENCES, Math.max(FEWEST_REFERENCES, Math.ceil(count * REFERENCES)))
  const order = spread(count, budget)
  const voter = new Voter(model, scene.coarse, ballot)
  const hypotheses: Hypothesis[] = []
  let found: Verified[] = []
  let done = 0
  for (let batch = Math.max(FEWEST_REFERENCES, Math.ceil(order.length / 8)); done < order.length; batch = done) {
    for (const end = Math.min(order.length, done + batch); done < end; done++) {
      await checkpoint(done, order.length)
      hypotheses.push(...voter.hypotheses(order[done]))
    }
    const last = done === order.length
    found = verify(hypotheses, model, scene, last ? CANDIDATES : EARLY_CANDIDATES)
    if (found.length > 0 && found[0].belief >= SURE) break
  }
  return found
}

/** `wanted` different numbers below `count`, evenly spread at every length. */
function spread(count: number, wanted: number): number[] {
  const taken = new Uint8Array(count)
  const order: number[] = []
  for (let k = 0; order.length < wanted; k++) {
    let at = Math.floor(((k * GOLDEN) % 1) * count)
    while (taken[at]) at = (at + 1) % count
    taken[at] = 1
    order.push(at)
  }
  return order
}

type Origin = Pick<Verified, 'votes' | 'voted' | 'clustered'>

const SPACING = 1.4 // of the step, between the model's points where they are sparse

/** Keeps the best in three rounds, each looking at fewer poses more closely. */
function verify(hypotheses: readonly Hypothesis[], model: TrainedModel, scene: SceneSamples, most: number): Verified[] {
  const { points, centre, diameter, step } = model
  const judged = (from: Origin, pose: Rigid, how: Strictness): Verified => ({
    ...from,
    pose,
    ...judge(points, pose, scene, step, how, SPACING),
  })
  const settled = (from: readonly Verified[], rounds: number) =>
    from.map((one) => judged(one, settle(one.pose, points, centre, scene.near, step, rounds), SETTLED))
  const candidates = cluster(hypotheses, centre, diameter)
    .slice(0, most)
    .map(({ pose, votes, voted }) => judged({ votes, voted, clustered: pose }, pose, ROUGH))
    .sort(bestFirst)
  const finalists = settled(candidates.slice(0, most === CANDIDATES ? FINALISTS : EARLY_FINALISTS), 5).sort(bestFirst)
  return [...settled(finalists.slice(0, WINNERS), 8), ...finalists.slice(WINNERS)].sort(bestFirst)
}

const bestFirst = (a: Verified, b: Verified) => b.belief - a.belief

const SURE = 1.7 // times the belief at which a pose is accepted
