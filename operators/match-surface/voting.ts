import type { OrientedPoints } from '../../core/cloud'
import { type FeatureBins, frameOf } from './features'
import { Booth } from './kernel'
import type { TrainedModel } from './model'
import { bucketsAround, type PointGrid, pointGrid } from './point-grid'
import { type Rigid, rigid } from './rigid'

/** A pose that one scene point believes in. */
export interface Hypothesis {
  readonly pose: Rigid
  readonly votes: number
}

/** How scene points vote. */
export interface Ballot {
  /** Longest pair, relative to the model's diameter: longer ones more often end on something else. */
  readonly reach: number
  /** Most poses that one scene point may believe in. */
  readonly peaks: number
  /** Votes of its last pose, relative to its first; below that it is noise. */
  readonly leastPeak: number
}

interface Peak {
  readonly point: number
  readonly turn: number
  readonly votes: number
}

/**
 * Lets scene points vote for poses: each pair it makes with a neighbour looks up the model pairs of the same feature,
 * and each of those is a vote for (model point, turn about the normal). Holds the scratch of one run.
 */
export class Voter {
  private readonly model: OrientedPoints
  private readonly bins: FeatureBins
  private readonly scene: OrientedPoints
  private readonly ballot: Ballot
  private readonly grid: PointGrid
  private readonly booth: Booth

  constructor({ points, table, diameter }: TrainedModel, scene: OrientedPoints, ballot: Ballot) {
    const longest = ballot.reach * diameter
    const shortest = table.bins.distanceStep / 2 // as in the pair table
    this.model = points
    this.bins = table.bins
    this.scene = scene
    this.ballot = ballot
    this.grid = pointGrid(scene.positions, longest)
    this.booth = new Booth({ shortest, longest, scene, table, modelPoints: points.count, grid: this.grid })
  }

  /** The poses that scene point `reference` has most votes for, strongest first; none when nothing matches. */
  hypotheses(reference: number): Hypothesis[] {
    const { positions, normals } = this.scene
    const { frame, buckets } = this.booth
    const i = reference * 3
    frameOf(normals[i], normals[i + 1], normals[i + 2], frame)
    this.booth.cast(reference, bucketsAround(this.grid, positions[i], positions[i + 1], positions[i + 2], buckets))
    return this.peaks().map(({ point, turn, votes }) => ({
      votes: votes / 4,
      pose: this.poseOf(reference, point, this.interpolate(point, turn)),
    }))
  }

  /** The strongest turns of different model points, turns smoothed 1-2-1 around the circle; votes times 4. */
  private peaks(): Peak[] {
    const { model, ballot } = this
    const { votes } = this.booth
    const { turns } = this.bins
    const maxima = this.booth.maxima()
    const found: Peak[] = []
    let enough = 0
    for (let point = 0; point < model.count; point++) {
      const row = point * turns
      if (maxima[point] * 4 <= enough) continue // its smoothed peak cannot be higher
      let [best, turn] = [0, 0]
      for (let t = 0; t < turns; t++) {
        const around = votes[row + (t === 0 ? turns - 1 : t - 1)] + votes[row + (t === turns - 1 ? 0 : t + 1)]
        const smoothed = 2 * votes[row + t] + around
        if (smoothed > best) [best, turn] = [smoothed, t]
      }
      if (best <= enough) continue
      found.push({ point, turn, votes: best })
      found.sort((a, b) => b.votes - a.votes)
      if (found.length > ballot.peaks) found.pop()
      const last = found.length === ballot.peaks ? found[found.length - 1].votes : 0
      enough = Math.max(last, ballot.leastPeak * found[0].votes)
    }
    return found.filter((peak) => peak.votes >= ballot.leastPeak * found[0].votes)
  }

  /** Centre of a parabola through the smoothed peak and its neighbours, in radians. */
  private interpolate(point: number, turn: number): number {
    const { turns } = this.bins
    const { votes } = this.booth
    const at = (t: number) => votes[point * turns + ((t + 2 * turns) % turns)]
    const smoothed = (t: number) => at(t - 1) + 2 * at(t) + at(t + 1)
    const [left, middle, right] = [smoothed(turn - 1), smoothed(turn), smoothed(turn + 1)]
    const bend = left - 2 * middle + right
    const shift = bend < 0 ? (0.5 * (left - right)) / bend : 0
    return ((turn + 0.5 + shift) / turns) * 2 * Math.PI
  }

  /** The pose that lays model point `point` and its normal on scene point `reference`, turned by `turn`. */
  private poseOf(reference: number, point: number, turn: number): Rigid {
    const scene = frameMatrix(this.scene, reference)
    const model = frameMatrix(this.model, point)
    const [c, s] = [Math.cos(turn), Math.sin(turn)]
    const r = new Float64Array(9)
    for (let row = 0; row < 3; row++) {
      const [n, u, v] = [scene[row], scene[3 + row], scene[6 + row]]
      const [tu, tv] = [c * u + s * v, c * v - s * u] // model's u and v after the turn, in the scene
      for (let col = 0; col < 3; col++) r[row * 3 + col] = n * model[col] + tu * model[3 + col] + tv * model[6 + col]
    }
    const [m, p] = [point * 3, reference * 3]
    const at = (row: number) =>
      this.scene.positions[p + row] -
      r[row * 3] * this.model.positions[m] -
      r[row * 3 + 1] * this.model.positions[m + 1] -
      r[row * 3 + 2] * this.model.positions[m + 2]
    return rigid(r, [at(0), at(1), at(2)])
  }
}

/** n, u and v of a point, one after another. */
function frameMatrix({ normals }: OrientedPoints, point: number): Float64Array {
  const frame = new Float64Array(9)
  frame.set(normals.subarray(point * 3, point * 3 + 3))
  frameOf(frame[0], frame[1], frame[2], frame.subarray(3))
  return frame
}
