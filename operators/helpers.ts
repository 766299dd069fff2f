import { alone, type Parallel, type Part, type Team, Worked } from '../core/parallel'
import type { Checkpoint } from '../core/progress'
import { inCommonMemory } from './common-memory'
import { type FromHelper, isDone, type Job, stop, type ToHelper, take } from './helper'

/** A thread that runs `createHelper`. */
export interface HelperThread {
  post(message: ToHelper): void
  end(): void
}

/** What a thread says to those who started it. */
export interface HelperEvents {
  heard(message: FromHelper): void
  /** It failed or ended, and says no more. */
  lost(): void
}

const ALONE_MS = 40 // a run that ends sooner is not worth telling others about

/**
 * Threads beside the one that runs a tool, for one run at a time. They are started when a run first needs them, and kept,
 * since each has loaded the tool's code. They take items one by one, as the asking thread does: one that is busy with
 * something else, or still starting, takes fewer, and nobody waits for it.
 */
export class Helpers {
  readonly #start: (events: HelperEvents) => HelperThread
  readonly #now: () => number
  #threads: Helper[] = []

  /** @param now milliseconds of a clock that never goes back */
  constructor(start: (events: HelperEvents) => HelperThread, now: () => number) {
    this.#start = start
    this.#now = now
  }

  /** @param cores that a run may use, the one that asks among them */
  parallel(cores: number): Parallel {
    if (cores <= 1 || typeof SharedArrayBuffer === 'undefined') return alone
    const isLate = () => this.#now() > late
    const late = this.#now() + ALONE_MS
    return { gather: (shared) => new HelpedTeam(shared, isLate, () => this.#helpers(cores - 1)) }
  }

  dispose(): void {
    for (const helper of this.#threads.splice(0)) helper.end()
  }

  #helpers(count: number): readonly Helper[] {
    this.#threads = this.#threads.filter(({ isAlive }) => isAlive)
    while (this.#threads.length < count) {
      try {
        this.#threads.push(new Helper(this.#start))
      } catch {
        break // the host has no more threads to give: those at hand do the work
      }
    }
    return this.#threads.slice(0, count)
  }
}

/** One thread, as those see it who give it work. */
class Helper {
  readonly #thread: HelperThread
  isAlive = true
  /** Hears the answers, and that there will be none any more. */
  team: Pick<HelperEvents, 'heard' | 'lost'> | undefined

  constructor(start: (events: HelperEvents) => HelperThread) {
    this.#thread = start({ heard: (message) => this.team?.heard(message), lost: () => this.#lose() })
  }

  post(message: ToHelper): void {
    if (this.isAlive) this.#thread.post(message)
  }

  end(): void {
    this.#lose()
    this.#thread.end()
  }

  #lose(): void {
    this.isAlive = false
    this.team?.lost()
  }
}

let lastJob = 0

class HelpedTeam<Shared> implements Team<Shared> {
  readonly #shared: Shared
  readonly #own: Worked<Shared>
  readonly #isLate: () => boolean
  readonly #callHelpers: () => readonly Helper[]
  #helpers: readonly Helper[] | undefined
  #answers = new Map<number, unknown>()
  #job = 0
  #heard = () => {}

  constructor(shared: Shared, isLate: () => boolean, callHelpers: () => readonly Helper[]) {
    this.#shared = shared
    this.#own = new Worked(shared)
    this.#isLate = isLate
    this.#callHelpers = callHelpers
  }

  async map<Item, Answer>(part: Part<Shared, Item, Answer>, items: readonly Item[], checkpoint: Checkpoint) {
    const work = this.#own.by(part)
    const job = this.#begin(part, items)
    const answers = this.#answers as Map<number, Answer>
    let isAsked = false
    try {
      for (let item = take(job); item < items.length; item = take(job)) {
        await checkpoint(item, items.length)
        if (!isAsked && this.#isLate()) isAsked = this.#ask(job)
        answers.set(item, work(items[item]))
      }
    } finally {
      stop(job) // after a cancel nobody goes on
    }
    // Whoever is still at one is slow, or lost: it is done here rather than waited for.
    for (const [item, given] of items.entries()) {
      if (!answers.has(item) && !isDone(job, item)) answers.set(item, work(given))
    }
    await this.#allHeard(items.length)
    await checkpoint(items.length, items.length)
    return items.map((item, i) => (answers.has(i) ? (answers.get(i) as Answer) : work(item)))
  }

  #begin({ tool, name }: Part<Shared, never, unknown>, items: readonly unknown[]): Job {
    this.#answers = new Map()
    this.#job = ++lastJob
    const progress = new Int32Array(new SharedArrayBuffer(4 * (items.length + 1)))
    return { id: this.#job, tool, part: name, items, progress }
  }

  #ask(job: Job): boolean {
    this.#helpers ??= this.#gather()
    for (const helper of this.#helpers) helper.post({ type: 'work', job })
    return true
  }

  #gather(): readonly Helper[] {
    const helpers = this.#callHelpers()
    const shared = inCommonMemory(this.#shared)
    for (const helper of helpers) {
      helper.team = { heard: (message) => this.#hear(message), lost: () => this.#heard() }
      helper.post({ type: 'gather', shared })
    }
    return helpers
  }

  #hear({ job, item, answer }: FromHelper): void {
    if (job !== this.#job) return
    this.#answers.set(item, answer)
    this.#heard()
  }

  /** Resolves when all answers that are on their way have come. A lost thread's may never come. */
  async #allHeard(count: number): Promise<void> {
    while (this.#answers.size < count && this.#helpers?.every(({ isAlive }) => isAlive)) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve
      })
    }
  }

  dismiss(): void {
    for (const helper of this.#helpers ?? []) {
      helper.post({ type: 'dismiss' })
      helper.team = undefined
    }
  }
}
