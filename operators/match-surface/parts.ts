import type { Part } from '../../core/parallel'
import { judge, ROUGH, SETTLED, type Verdict } from './judge'
import type { TrainedModel } from './model'
import type { Rigid } from './rigid'
import type { SceneSamples } from './samples'
import { probe } from './sight'
import { matchSurface } from './spec'
import { settle } from './verify'
import { type Ballot, type Hypothesis, Voter } from './voting'

/** What every core needs to know of a search. */
export interface Searched {
  readonly model: TrainedModel
  readonly scene: SceneSamples
}

interface Poll {
  readonly ballot: Ballot
  /** Numbers of coarse scene points. */
  readonly references: readonly number[]
}

/** The poses that some scene points believe in. */
export const vote: Part<Searched, Poll, Hypothesis[]> = {
  tool: matchSurface.id,
  name: 'vote',
  prepare({ model, scene }) {
    const voters = new Map<number, Voter>() // by reach, to which each has sorted the scene
    return ({ ballot, references }) => {
      const voter = voters.get(ballot.reach) ?? new Voter(model, scene.coarse, ballot)
      voters.set(ballot.reach, voter)
      return references.flatMap((reference) => voter.hypotheses(reference))
    }
  },
}

interface Trial {
  readonly poses: readonly Rigid[]
  /** Steps of alignment before they are judged; with none they are judged roughly. */
  readonly steps: number
}

export interface Tried extends Verdict {
  readonly pose: Rigid
}

const SPACING = 1.4 // of the step, between the model's points where they are sparse

/** Poses and how far each is to be believed. */
export const assess: Part<Searched, Trial, Tried[]> = {
  tool: matchSurface.id,
  name: 'assess',
  prepare({ model: { points, centre, step }, scene }) {
    const judged = probe(points, SPACING)
    const how = (steps: number) => (steps > 0 ? SETTLED : ROUGH)
    return ({ poses, steps }) =>
      poses.map((from) => {
        const pose = settle(from, points, centre, scene.near, step, steps)
        return { pose, ...judge(judged, pose, scene, step, how(steps)) }
      })
  },
}

export const parts = { vote, assess }
