import type { OrientedPoints } from '../../core/cloud'
import { COSINE_SCALE, frameOf, turnOf } from './features'
import type { TrainedModel } from './model'
import type { PairTable } from './pair-table'
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
  private readonly table: PairTable
  private readonly scene: OrientedPoints
  private readonly reach: number
  private readonly ballot: Ballot
  private readonly grid: PointGrid
  private readonly votes: Uint16Array<ArrayBuffer>
  /** Which turns of the pair have voted, bit by bit, for each key. */
  private readonly voted: Uint32Array<ArrayBuffer>
  private readonly touched: Uint32Array<ArrayBuffer>
  private readonly buckets = new Uint32Array(27)
  private readonly frame = new Float64Array(6)

  constructor({ points, table, diameter }: TrainedModel, scene: OrientedPoints, ballot: Ballot) {
    this.model = points
    this.table = table
    this.scene = scene
    this.ballot = ballot
    this.reach = ballot.reach * diameter
    this.grid = pointGrid(scene.positions, this.reach)
    this.votes = new Uint16Array(points.count * table.bins.turns)
    this.voted = new Uint32Array(table.starts.length)
    this.touched = new Uint32Array(scene.count)
  }

  /** The poses that scene point `reference` has most votes for, strongest first; none when nothing matches. */
  hypotheses(reference: number): Hypothesis[] {
    this.votes.fill(0)
    this.castAll(reference)
    return this.peaks().map(({ point, turn, votes }) => ({
      votes: votes / 4,
      pose: this.poseOf(reference, point, this.interpolate(point, turn)),
    }))
  }

  private castAll(reference: number) {
    const { positions, normals } = this.scene
    const { grid, buckets, voted, touched } = this
    const i = reference * 3
    frameOf(normals[i], normals[i + 1], normals[i + 2], this.frame)
    const found = bucketsAround(grid, positions[i], positions[i + 1], positions[i + 2], buckets)
    let keysTouched = 0
    for (let b = 0; b < found; b++) {
      for (let k = grid.starts[buckets[b]]; k < grid.starts[buckets[b] + 1]; k++) {
        const key = this.cast(i, grid.items[k] * 3)
        if (key !== -1) touched[keysTouched++] = key
      }
    }
    for (let k = 0; k < keysTouched; k++) voted[touched[k]] = 0
  }

  /** Votes of the pair of scene points at offsets `i` and `j`. @returns its key, -1 when it has no vote */
  private cast(i: number, j: number): number {
    const { positions, normals } = this.scene
    const { bins, starts, entries } = this.table
    const { frame, votes, voted, reach } = this
    const dx = positions[j] - positions[i]
    const dy = positions[j + 1] - positions[i + 1]
    const dz = positions[j + 2] - positions[i + 2]
    const square = dx * dx + dy * dy + dz * dz
    if (square > reach * reach || square < (bins.distanceStep * bins.distanceStep) / 4) return -1
    const distance = Math.sqrt(square)
    const { angles, turns, angleByCosine } = bins
    const [nx, ny, nz] = [normals[i], normals[i + 1], normals[i + 2]]
    const [mx, my, mz] = [normals[j], normals[j + 1], normals[j + 2]]
    const first = angleByCosine[(((nx * dx + ny * dy + nz * dz) / distance + 1) * COSINE_SCALE) | 0]
    const second = angleByCosine[(((mx * dx + my * dy + mz * dz) / distance + 1) * COSINE_SCALE) | 0]
    const between = angleByCosine[((nx * mx + ny * my + nz * mz + 1) * COSINE_SCALE) | 0]
    const key = ((((distance / bins.distanceStep) | 0) * angles + first) * angles + second) * angles + between
    if (key >= starts.length - 1 || starts[key] === starts[key + 1]) return -1
    const turn = turnOf(dx * frame[0] + dy * frame[1] + dz * frame[2], dx * frame[3] + dy * frame[4] + dz * frame[5])
    const bit = 1 << (turn >>> 11)
    if (voted[key] & bit) return -1 // dense patches would shout down the rest. Hinterstoisser et al., ECCV 2016
    voted[key] |= bit
    for (let e = starts[key]; e < starts[key + 1]; e++) {
      const entry = entries[e]
      votes[(entry >>> 16) * turns + ((((turn - entry) & 0xffff) * turns) >>> 16)]++
    }
    return key
  }

  /** The strongest turns of different model points, turns smoothed 1-2-1 around the circle; votes times 4. */
  private peaks(): Peak[] {
    const { votes, model, ballot } = this
    const { turns } = this.table.bins
    const found: Peak[] = []
    let enough = 0
    for (let point = 0; point < model.count; point++) {
      const row = point * turns
      let top = 0
      for (let t = row; t < row + turns; t++) if (votes[t] > top) top = votes[t]
      if (top * 4 <= enough) continue // its smoothed peak cannot be higher
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
    const { turns } = this.table.bins
    const at = (t: number) => this.votes[point * turns + ((t + 2 * turns) % turns)]
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
