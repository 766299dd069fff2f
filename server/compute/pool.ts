import { fileURLToPath } from 'node:url'
import { failure, type Outcome, ToolError } from '../../core/errors'
import { type CallOptions, ChildLostError } from './conversation'
import type { Answer, ChildSettings, Work } from './protocol'
import { Slot } from './slot'

interface PoolOptions {
  /** Most runs at once. */
  readonly runs: number
  /** Processes that take no runs: a request waits for its inspection or answer, and must not wait for somebody's long run. */
  readonly inspections: number
  readonly settings: ChildSettings
  /** The module that the processes load. */
  readonly entry?: string
  /** Is told what each call came to. */
  readonly onEnd?: (work: Work, outcome: Outcome<Answer<Work>>) => void
}

interface Waiting {
  readonly kind: Work['kind']
  start(slot: Slot): void
}

// In the bundle both lie in one folder; from source it is TypeScript.
const CHILD = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url))

/** Child processes that compute. They are kept warm; one that dies takes only its own call with it. */
export class ComputePool {
  readonly #free: Slot[]
  readonly #slots: readonly Slot[]
  readonly #mostRuns: number
  readonly #onEnd: PoolOptions['onEnd']
  #running = 0
  #closed = false
  readonly #waiting: Waiting[] = []
  /** Of what a request waits for, the latest counting most. */
  #usualMs = 0

  constructor({ runs, inspections, settings, entry = CHILD, onEnd }: PoolOptions) {
    this.#slots = Array.from({ length: runs + inspections }, () => new Slot(entry, settings))
    this.#free = [...this.#slots]
    this.#mostRuns = runs
    this.#onEnd = onEnd
  }

  /** Processes alive now, and the most there can be. */
  get size(): { readonly alive: number; readonly most: number } {
    return { alive: this.#slots.filter(({ isRunning }) => isRunning).length, most: this.#slots.length }
  }

  /** Most runs at once. */
  get runs(): number {
    return this.#mostRuns
  }

  /** Calls that no process has begun. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** How long a request that comes now would wait until a process begins with it, as far as the latest ones tell. */
  get expectedWaitMs(): number {
    const ahead = this.#waiting.filter(({ kind }) => !isRun(kind)).length
    return (ahead * this.#usualMs) / Math.max(1, this.#slots.length - this.#running)
  }

  /** Starts `count` processes ahead of their first calls; a pool that is closed meanwhile ends them. */
  async warm(count: number): Promise<void> {
    const started = Promise.all(this.#slots.slice(-count).map((slot) => slot.warm()))
    await started.catch((error) => {
      if (!this.#closed) throw error
    })
  }

  /**
   * Waits for a free process and has it do the work.
   *
   * @throws ToolError of the tool; canceled, timeout, or unavailable when the pool is closed
   * @throws ChildLostError when the process died
   */
  async call<W extends Work>(work: W, options: CallOptions = {}): Promise<Answer<W>> {
    const slot = await this.#take(work.kind, options.signal)
    const begun = performance.now()
    try {
      if (this.#closed) throw stopping() // meanwhile: a process that is started now would outlive the pool
      const answer = await slot.call(work, { cores: this.#fairShare(), ...options })
      this.#onEnd?.(work, { ok: true, value: answer })
      return answer
    } catch (error) {
      this.#onEnd?.(work, failure(error))
      throw this.#closed && error instanceof ChildLostError ? stopping() : error
    } finally {
      if (!isRun(work.kind)) this.#usualMs += LEARNED * (performance.now() - begun - this.#usualMs)
      this.#release(slot, work.kind)
    }
  }

  /** Cores for a run that begins now: what it takes beside others, it would take from them. */
  #fairShare(): number {
    const waiting = this.#waiting.filter(({ kind }) => kind !== 'inspect').length
    return Math.max(1, Math.floor(this.#mostRuns / Math.max(1, this.#running + waiting)))
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#slots.map((slot) => slot.close()))
  }

  async #take(kind: Work['kind'], signal: AbortSignal | undefined): Promise<Slot> {
    if (this.#closed) throw stopping()
    return new Promise<Slot>((resolve, reject) => {
      const giveUp = () => this.#giveUp(waiting, reject)
      const start = (slot: Slot) => {
        signal?.removeEventListener('abort', giveUp) // a task with many calls would collect one for each
        resolve(slot)
      }
      const waiting: Waiting = { kind, start }
      this.#waiting.push(waiting)
      signal?.addEventListener('abort', giveUp, { once: true })
      if (signal?.aborted) this.#giveUp(waiting, reject)
      this.#dispatch()
    })
  }

  #giveUp(waiting: Waiting, reject: (error: ToolError) => void): void {
    const index = this.#waiting.indexOf(waiting)
    if (index < 0) return // it has begun, and its conversation hears the signal itself
    this.#waiting.splice(index, 1)
    reject(new ToolError('canceled', 'Canceled'))
  }

  #release(slot: Slot, kind: Work['kind']): void {
    if (isRun(kind)) this.#running--
    this.#free.push(slot)
    this.#dispatch()
  }

  /** First come, first served, except that runs leave the reserved processes to what a request waits for. */
  #dispatch(): void {
    while (this.#free.length > 0) {
      const index = this.#waiting.findIndex(({ kind }) => !isRun(kind) || this.#running < this.#mostRuns)
      if (index < 0) return
      const [next] = this.#waiting.splice(index, 1)
      const slot = this.#free.pop()
      if (isRun(next.kind)) this.#running++
      if (slot) next.start(slot)
    }
  }
}

const LEARNED = 0.1 // of each new duration

const isRun = (kind: Work['kind']): boolean => kind === 'run' || kind === 'batch'

const stopping = () => new ToolError('unavailable', 'The server is stopping; send the request again in a moment')
