import { type Part, Worked } from '../core/parallel'
import { findTool } from './registry'

/** Items of one part, to be done by whoever takes them first. */
export interface Job {
  readonly id: number
  readonly tool: string
  readonly part: string
  readonly items: readonly unknown[]
  /** In memory that all cores see: the next item that nobody has taken, and then 1 for each item that is done. */
  readonly progress: Int32Array<SharedArrayBuffer>
}

/** To a thread that helps with a run. Messages are obeyed in their order. */
export type ToHelper =
  | { readonly type: 'gather'; readonly shared: unknown }
  | { readonly type: 'work'; readonly job: Job }
  | { readonly type: 'dismiss' }

export interface FromHelper {
  readonly job: number
  readonly item: number
  readonly answer: unknown
}

/** A helper's side of the conversation, the same in browsers and in Node. @returns what is to hear each message */
export function createHelper(answer: (message: FromHelper) => void): (message: ToHelper) => void {
  let own: Worked<unknown> | undefined
  let last = Promise.resolve()

  async function obey(message: ToHelper): Promise<void> {
    if (message.type === 'gather') own = new Worked(message.shared)
    else if (message.type === 'dismiss') own = undefined
    else if (own) await help(message.job, own, answer)
  }

  return (message) => {
    // What fails is not answered: the core that asked does it again, and there the error has its place.
    last = last.then(() => obey(message)).catch(() => {})
  }
}

async function help(job: Job, own: Worked<unknown>, answer: (message: FromHelper) => void): Promise<void> {
  const work = own.by(await partOf(job))
  for (let item = take(job); item < job.items.length; item = take(job)) {
    const found = work(job.items[item])
    answer({ job: job.id, item, answer: found })
    markDone(job, item)
  }
}

async function partOf({ tool, part }: Job): Promise<Part<unknown, unknown, unknown>> {
  const found = (await findTool(tool).loadParts?.())?.parts[part]
  if (!found) throw new Error(`${tool} has no part "${part}"`)
  return found as Part<unknown, unknown, unknown> // sound because whoever asks had its items from this very part
}

/** Takes the next item, for this core alone; as many as there are items, or more, when none is left. */
export const take = ({ progress }: Job): number => Atomics.add(progress, 0, 1)

/** Its answer is on its way. */
const markDone = ({ progress }: Job, item: number) => Atomics.store(progress, item + 1, 1)

export const isDone = ({ progress }: Job, item: number): boolean => Atomics.load(progress, item + 1) === 1

/** Nobody takes another. */
export const stop = ({ progress, items }: Job) => Atomics.store(progress, 0, items.length)
