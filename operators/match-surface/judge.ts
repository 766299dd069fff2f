import type { DepthMap } from './depth-map'
import type { NearestTable } from './nearest'
import type { Rigid } from './rigid'
import { type Probe, type Sight, sight } from './sight'
import { score } from './verify'

/** How far a pose is to be believed. */
export interface Verdict {
  /** 0..1: share of the model's points that lie on the scene; hidden ones count as 0. */
  readonly score: number
  /** From 1 on the pose may be accepted. Comparable within one scene only. */
  readonly belief: number
  /** What the camera saw; null when the scene has no single camera. */
  readonly sight: Sight | null
}

/** The scene as evidence. */
export interface Evidence {
  readonly near: NearestTable
  /** Root mean square distance of the scene's points from its averaged surface. */
  readonly noise: number
  /** null when the scene was not taken by one camera: then nothing can be said about what hides what. */
  readonly map: DepthMap | null
}

/** How strictly to look, relative to the sampling step. */
export interface Strictness {
  readonly tolerance: number
  readonly margin: number
}

export const ROUGH: Strictness = { tolerance: 0.5, margin: 0.8 } // fresh from voting
export const SETTLED: Strictness = { tolerance: 0.35, margin: 0.6 }

/** After ICP against every point; as strict as the scene's noise allows. */
export function aligned({ noise }: Evidence, step: number): Strictness {
  return { tolerance: Math.min(SETTLED.tolerance, LEAST_TOLERANCE + (1.2 * noise) / step), margin: 0.5 }
}

const LEAST_TOLERANCE = 0.1 // of the step: below that, flat patches between samples miss the curve of the surface

const LEAST_EXCESS = 0.06 // of what is seen over what is contradicted
const FLAT = 0.06 // relief of a table top in noise: flat patches of a model lie on any
const RELIEF = 0.1 // from here on, relief is no doubt
const LEAST_SCORE = 0.32 // without a camera; wrong poses reach 0.28

export function judge(
  model: Probe,
  pose: Rigid,
  { near, map }: Evidence,
  step: number,
  { tolerance, margin }: Strictness,
): Verdict {
  if (!map) {
    const share = score(model.points, near, pose, SETTLED.tolerance * step)
    return { score: share, belief: share / LEAST_SCORE, sight: null }
  }
  const limits = { tolerance: tolerance * step, margin: margin * step, spacing: model.spacing * step }
  const view = sight(model, pose, map, near, limits)
  const excess = view.seen - view.contradicted
  const relief = ramp(view.relief, FLAT, RELIEF)
  const support = excess / LEAST_EXCESS
  // What is flat ranks below what is merely unlikely: it would fill the places of poses that alignment can still mend.
  const belief = Math.min(support, support * relief) - (1 - relief)
  return { score: view.seen * view.facing, belief, sight: view }
}

/**
 * Whether a refined pose may be accepted: what the camera sees of it must mostly fit. Noise roughens the slopes, so that
 * even a right pose then fits less.
 */
export function accepted({ belief, sight }: Verdict, { noise }: Evidence, step: number): boolean {
  if (!sight) return belief >= 1
  const rough = ramp(noise / step, SMOOTH, ROUGH_NOISE)
  const agreement = sight.seen / (sight.seen + sight.contradicted)
  // Where little is seen, chance alone makes it fit, and noise makes that easier rather than harder.
  const surely = SURELY + 0.3 * (1 - ramp(sight.relief, RELIEF, 0.15)) + 0.8 * (1 - ramp(sight.seen, 0.26, 0.3))
  const least = surely - (surely - 1) * rough * ramp(sight.seen, 0.28, 0.34)
  return belief >= least && agreement >= 0.58 - 0.07 * rough
}

// Most absent objects stay below 1.8 among clutter; of which a quarter seems to be seen, one in thirty reaches 2.6.
const SURELY = 1.85

// Relative to the step: what half a percent and one percent of the diameter come to.
const SMOOTH = 0.066
const ROUGH_NOISE = 0.08

/** 0 below `from`, 1 above `to`. */
const ramp = (value: number, from: number, to: number) => Math.max(0, Math.min(1, (value - from) / (to - from)))
