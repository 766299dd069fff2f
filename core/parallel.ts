import type { Checkpoint } from './progress'

/**
 * A piece of a tool's work that any core can do: its answers depend on what is shared and on the item, and on nothing
 * that was done before. Shared data, items and answers survive structured cloning; shared data is only read.
 */
export interface Part<Shared, Item, Answer> {
  /** Id of the tool that has it. */
  readonly tool: string
  /** Its key among the tool's parts. */
  readonly name: string
  /** Once on each core; what it gives may keep scratch of its own. */
  prepare(shared: Shared): (item: Item) => Answer
}

/** Any part, for lists of them. */
export type AnyPart = Part<never, never, unknown>

/** The cores that work on one run. */
export interface Team<Shared> {
  /**
   * The same answers whoever works them out, in the order of the items.
   *
   * @param checkpoint called between the items that this core does; when it throws, the other cores stop too
   */
  map<Item, Answer>(
    part: Part<Shared, Item, Answer>,
    items: readonly Item[],
    checkpoint: Checkpoint,
  ): Promise<readonly Answer[]>
  /** The other cores forget what was shared. */
  dismiss(): void
}

/** Splits a run over the cores that it may use. */
export interface Parallel {
  gather<Shared>(shared: Shared): Team<Shared>
}

/** The parts of a run on the core that asks. */
export class Worked<Shared> {
  readonly #shared: Shared
  readonly #prepared = new Map<unknown, unknown>()

  constructor(shared: Shared) {
    this.#shared = shared
  }

  /** What does one item of `part`; made ready once. */
  by<Item, Answer>(part: Part<Shared, Item, Answer>): (item: Item) => Answer {
    const work = this.#prepared.get(part) ?? part.prepare(this.#shared)
    this.#prepared.set(part, work)
    return work as (item: Item) => Answer
  }
}

/** For hosts that have one core to give. */
export const alone: Parallel = {
  gather(shared) {
    const own = new Worked(shared)
    return {
      async map(part, items, checkpoint) {
        const work = own.by(part)
        const answers = []
        for (const [i, item] of items.entries()) {
          await checkpoint(i, items.length)
          answers.push(work(item))
        }
        return answers
      },
      dismiss: () => {},
    }
  },
}

/** Items of at most `size` members each, so that handing out costs little beside the work. */
export function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}
