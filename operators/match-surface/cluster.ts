import { likeness, move, normalized, type Quaternion, quaternionOf, type Rigid, rigidAbout } from './rigid'
import type { Hypothesis } from './voting'

type Vector = readonly [number, number, number]

const SAME_PLACE = 0.1 // of the model's diameter, between the transformed model centres
const SAME_ROTATION = Math.cos((10 * Math.PI) / 180) // half of 20°: quaternions measure half angles

/** The average of hypotheses that agree, with the votes of all of them. */
export interface Clustered extends Hypothesis {
  /** The strongest of them, as it was voted for. */
  readonly voted: Rigid
}

interface Cluster {
  readonly voted: Rigid
  readonly rotation: Quaternion
  readonly place: Vector
  readonly sum: { votes: number; place: [number, number, number]; rotation: [number, number, number, number] }
}

/**
 * Averages hypotheses that agree, each around its strongest one.
 *
 * @param centre of the model, about which rotations are compared, so that a turn does not also shift
 * @returns most votes first
 */
export function cluster(hypotheses: readonly Hypothesis[], centre: Vector, diameter: number): Clustered[] {
  const clusters: Cluster[] = []
  const strongestFirst = hypotheses.toSorted((a, b) => b.votes - a.votes)
  for (const { pose, votes } of strongestFirst) {
    const rotation = quaternionOf(pose)
    const place = move(pose, ...centre)
    const own =
      clusters.find((other) => near(other, rotation, place, diameter * SAME_PLACE)) ?? opened(pose, rotation, place)
    if (own.sum.votes === 0) clusters.push(own)
    add(own, rotation, place, votes)
  }
  return clusters
    .map(({ voted, sum }) => ({
      voted,
      votes: sum.votes,
      pose: rigidAbout(normalized(sum.rotation), centre, sum.place.map((s) => s / sum.votes) as unknown as Vector),
    }))
    .sort((a, b) => b.votes - a.votes)
}

const opened = (voted: Rigid, rotation: Quaternion, place: Vector): Cluster => ({
  voted,
  rotation,
  place,
  sum: { votes: 0, place: [0, 0, 0], rotation: [0, 0, 0, 0] },
})

function near(other: Cluster, rotation: Quaternion, place: Vector, radius: number): boolean {
  const [dx, dy, dz] = [place[0] - other.place[0], place[1] - other.place[1], place[2] - other.place[2]]
  return dx * dx + dy * dy + dz * dz < radius * radius && likeness(other.rotation, rotation) > SAME_ROTATION
}

function add({ rotation: seed, sum }: Cluster, q: Quaternion, place: Vector, votes: number) {
  // q and -q are the same rotation: only on one side do averages mean anything
  const weight = seed[0] * q[0] + seed[1] * q[1] + seed[2] * q[2] + seed[3] * q[3] < 0 ? -votes : votes
  sum.votes += votes
  for (let axis = 0; axis < 3; axis++) sum.place[axis] += votes * place[axis]
  for (let part = 0; part < 4; part++) sum.rotation[part] += weight * q[part]
}
