import { chunks, type Team } from '../../core/parallel'
import type { Checkpoint } from '../../core/progress'
import { type Clustered, cluster } from './cluster'
import type { Verdict } from './judge'
import type { TrainedModel } from './model'
import { assess, type Searched, vote } from './parts'
import type { Rigid } from './rigid'
import type { SceneSamples } from './samples'
import type { Ballot, Hypothesis } from './voting'

const REFERENCES = 0.2 // of the scene's samples
const MOST_REFERENCES = 1500
const FEWEST_REFERENCES = 30
const GOLDEN = 0.6180339887498949 // multiples of it, modulo 1, spread evenly however early one stops

const CANDIDATES = 800
const EARLY_CANDIDATES = 100 // while more votes are to come
const EARLY_FINALISTS = 12
const FINALISTS = 40
const WINNERS = 8

// What a core takes at a time: a few milliseconds of work.
const POLLED = 8
const JUDGED_TOGETHER = 8
const SETTLED_TOGETHER = 1

/** A pose and what speaks for it. */
export interface Verified extends Verdict {
  readonly pose: Rigid
  readonly votes: number
  /** What it was before. */
  readonly voted: Rigid
  readonly clustered: Rigid
}

/**
 * Votes in growing batches until one pose stands out.
 *
 * @returns every pose that was looked at closely, best first
 */
export async function search(
  team: Team<Searched>,
  model: TrainedModel,
  scene: SceneSamples,
  ballot: Ballot,
  checkpoint: Checkpoint,
): Promise<Verified[]> {
  const { count } = scene.coarse
  const budget = Math.min(count, MOST_REFERENCES, Math.max(FEWEST_REFERENCES, Math.ceil(count * REFERENCES)))
  const order = spread(count, budget)
  const hypotheses: Hypothesis[] = []
  let found: Verified[] = []
  let done = 0
  for (let batch = Math.max(FEWEST_REFERENCES, Math.ceil(order.length / 8)); done < order.length; batch = done) {
    const voters = order.slice(done, done + batch)
    const polls = chunks(voters, POLLED).map((references) => ({ ballot, references }))
    const voted = await team.map(vote, polls, portionOf(checkpoint, done, voters.length, order.length))
    for (const some of voted) hypotheses.push(...some)
    done += voters.length
    const last = done === order.length
    found = await verify(hypotheses, model, team, last ? CANDIDATES : EARLY_CANDIDATES, () =>
      checkpoint(done, order.length),
    )
    if (found.length > 0 && found[0].belief >= SURE) break
  }
  return found
}

/** Progress of `count` references after `from`, as progress of all. */
const portionOf =
  (checkpoint: Checkpoint, from: number, count: number, all: number): Checkpoint =>
  (done, total) =>
    checkpoint(from + (count * done) / total, all)

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

/** Keeps the best in three rounds, each looking at fewer poses more closely. */
async function verify(
  hypotheses: readonly Hypothesis[],
  { centre, diameter }: TrainedModel,
  team: Team<Searched>,
  most: number,
  checkpoint: Checkpoint,
): Promise<Verified[]> {
  const tried = async (from: readonly Candidate[], steps: number): Promise<Verified[]> => {
    const trials = chunks(from, steps > 0 ? SETTLED_TOGETHER : JUDGED_TOGETHER).map((some) => ({
      poses: some.map(({ pose }) => pose),
      steps,
    }))
    const answers = (await team.map(assess, trials, checkpoint)).flat()
    return from.map((one, i) => ({ ...one, ...answers[i] })).sort(bestFirst)
  }
  const clusters = cluster(hypotheses, centre, diameter).slice(0, most)
  const candidates = await tried(clusters.map(candidate), 0)
  const finalists = await tried(candidates.slice(0, most === CANDIDATES ? FINALISTS : EARLY_FINALISTS), 5)
  return [...(await tried(finalists.slice(0, WINNERS), 8)), ...finalists.slice(WINNERS)].sort(bestFirst)
}

type Candidate = Pick<Verified, 'pose' | 'votes' | 'voted' | 'clustered'>

const candidate = ({ pose, votes, voted }: Clustered): Candidate => ({ pose, votes, voted, clustered: pose })

const bestFirst = (a: Verified, b: Verified) => b.belief - a.belief

const SURE = 1.7 // times the belief at which a pose is accepted
