import type { OrientedPoints } from '../../core/cloud'
import type { Checkpoint } from '../../core/progress'
import { type IcpParams, icp, icpModel, residualAt } from './icp'
import { accepted, aligned, judge, SETTLED } from './judge'
import type { TrainedModel } from './model'
import { move, type Rigid } from './rigid'
import type { SceneSamples } from './samples'
import type { Verified } from './search'
import { probe } from './sight'

/** A pose that the scene confirms. */
export interface Confirmed extends Verified {
  /** Before refinement. */
  readonly verified: Rigid
  readonly residual: number
  /** Residual at each step of refinement; empty without. */
  readonly curve: readonly number[]
}

export interface Refinement extends IcpParams {
  readonly use_icp: boolean
}

const PROMISING = 0.5 // times the belief at which a pose is accepted: refinement can lift it over
const MOST = 20
const SAME_OBJECT = 0.3 // of the diameter, between centres: two solid things cannot be in one place
const ICP_SPACING = 0.6 // of the step, between the points of the dense model

/** Refines the promising poses and keeps those that the scene confirms, one for each place. Best first. */
export async function confirm(
  found: readonly Verified[],
  cloud: OrientedPoints,
  model: TrainedModel,
  scene: OrientedPoints,
  samples: SceneSamples,
  params: Refinement,
  checkpoint: Checkpoint,
): Promise<Confirmed[]> {
  const dense = icpModel(cloud, model)
  const judged = probe(dense.points, ICP_SPACING)
  const kept: Confirmed[] = []
  for (const candidate of found) {
    await checkpoint(1, 1)
    if (candidate.belief < PROMISING || kept.length === MOST) break
    if (kept.some((other) => samePlace(other.pose, candidate.pose, model))) continue
    const refined = params.use_icp
      ? icp(candidate.pose, dense, scene, model.step, params)
      : { pose: candidate.pose, curve: [], residual: residualAt(candidate.pose, dense, scene, model.step) }
    const how = params.use_icp ? aligned(samples, model.step) : SETTLED
    const verdict = judge(judged, refined.pose, samples, model.step, how)
    if (!accepted(verdict, samples, model.step) || kept.some((other) => samePlace(other.pose, refined.pose, model)))
      continue
    kept.push({ ...candidate, ...refined, ...verdict, verified: candidate.pose })
  }
  return kept.sort((a, b) => b.belief - a.belief)
}

function samePlace(a: Rigid, b: Rigid, { centre, diameter }: TrainedModel): boolean {
  const [p, q] = [move(a, ...centre), move(b, ...centre)]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) < SAME_OBJECT * diameter
}
