import type * as Comlink from 'comlink'
import { ToolError } from '../core/errors'
import { canceled, ToolWorker } from './client'
import type { WorkerHost } from './host'
import { startWorker } from './start-worker'

const IDLE_MS = 30_000 // a worker holds tens of megabytes: after this long without work all but one are ended

interface PoolOptions {
  /** Most workers at once. */
  readonly size: number
  /** Bytes that jobs may hold at once. One job always runs, however large. */
  readonly memoryBytes: number
  /** Most workers that open models: each has its own runtime and its own copy of every model. One when left out. */
  readonly modelWorkers?: number
}

interface Waiting {
  readonly bytes: number
  readonly isShort: boolean
  readonly usesModels: boolean
  start(worker: ToolWorker): void
  refuse(error: unknown): void
}

interface UseOptions {
  readonly signal: AbortSignal
  /** What the job will hold while it runs. */
  readonly bytes?: number
  /** Somebody waits for an answer to be able to go on: it is begun before longer jobs that wait. */
  readonly isShort?: boolean
  /** The job runs models: it waits for a worker that has them rather than have them opened once more. */
  readonly usesModels?: boolean
}

/** Workers that are started when needed, kept while useful and replaced when broken; jobs wait in the order they came. */
export class WorkerPool {
  readonly #options: PoolOptions
  readonly #idle: ToolWorker[] = []
  readonly #queue: Waiting[] = []
  /** Those that have opened models, or will. */
  readonly #modelWorkers = new Set<ToolWorker>()
  #busy = 0
  #heldBytes = 0
  #shrinking: ReturnType<typeof setTimeout> | undefined

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /**
   * Runs one job on a worker of its own, and tells it how many cores it may use.
   *
   * @throws ToolError canceled, or internal when the worker breaks; then only this job fails
   */
  async use<T>(
    job: (host: Comlink.Remote<WorkerHost>, cores: number) => Promise<T>,
    { signal, bytes = 0, isShort = false, usesModels = false }: UseOptions,
  ): Promise<T> {
    const worker = await this.#acquire({ signal, bytes, isShort, usesModels })
    try {
      return await worker.ask((host) => job(host, this.#fairShare()), signal)
    } finally {
      this.#release(worker, bytes)
    }
  }

  /** What a job takes beside others, it would take from them. */
  #fairShare(): number {
    return Math.max(1, Math.floor(this.#options.size / (this.#busy + this.#queue.length)))
  }

  dispose(): void {
    clearTimeout(this.#shrinking)
    for (const { refuse } of this.#queue.splice(0)) refuse(canceled())
    for (const worker of this.#idle.splice(0)) worker.dispose()
  }

  #acquire({ signal, bytes, isShort, usesModels }: Required<UseOptions>): Promise<ToolWorker> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(canceled())
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1)
        reject(canceled())
        this.#startNext() // it may have kept smaller ones waiting
      }
      const begin = <A>(then: (value: A) => void) => {
        return (value: A) => {
          signal.removeEventListener('abort', leave)
          then(value)
        }
      }
      const waiting: Waiting = { bytes, isShort, usesModels, start: begin(resolve), refuse: begin(reject) }
      signal.addEventListener('abort', leave, { once: true })
      const longer = isShort ? this.#queue.findIndex((other) => !other.isShort) : -1
      this.#queue.splice(longer < 0 ? this.#queue.length : longer, 0, waiting)
      this.#startNext()
    })
  }

  #release(worker: ToolWorker, bytes: number): void {
    this.#busy -= 1
    this.#heldBytes -= bytes
    if (worker.isAlive) this.#idle.push(worker)
    this.#startNext()
    clearTimeout(this.#shrinking)
    this.#shrinking = setTimeout(() => this.#shrink(), IDLE_MS)
  }

  #startNext(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      const { bytes, usesModels, start, refuse } = next
      try {
        const worker = this.#workerFor(usesModels)
        this.#busy += 1
        this.#heldBytes += bytes
        start(worker)
      } catch (cause) {
        refuse(new ToolError('unavailable', 'This browser could not start a worker', { cause }))
      }
    }
  }

  /** Takes the first job from the queue that can begin; one that waits for a model lets others pass. */
  #next(): Waiting | undefined {
    this.#forgetDead()
    const index = this.#queue.findIndex(({ usesModels }) => !usesModels || this.#hasModelWorker())
    if (index < 0 || !this.#hasRoom(this.#queue[index].bytes)) return undefined
    return this.#queue.splice(index, 1)[0]
  }

  #hasModelWorker(): boolean {
    const { modelWorkers = 1 } = this.#options
    return this.#modelWorkers.size < modelWorkers || this.#idle.some((worker) => this.#modelWorkers.has(worker))
  }

  #hasRoom(bytes: number): boolean {
    if (this.#busy === 0) return true
    return this.#busy < this.#options.size && this.#heldBytes + bytes <= this.#options.memoryBytes
  }

  /** Of those that fit the one used last: its caches are warm. Jobs without models leave those that have them alone. */
  #workerFor(usesModels: boolean): ToolWorker {
    const has = (worker: ToolWorker) => this.#modelWorkers.has(worker)
    const fits = this.#idle.findLastIndex((worker) => has(worker) === usesModels)
    const isFull = this.#busy + this.#idle.length >= this.#options.size
    const index = fits < 0 && (usesModels || isFull) ? this.#idle.length - 1 : fits
    const worker = index < 0 ? new ToolWorker(startWorker()) : this.#idle.splice(index, 1)[0]
    if (usesModels) this.#modelWorkers.add(worker)
    return worker
  }

  /** Some break while idle. */
  #forgetDead(): void {
    for (const worker of this.#modelWorkers) if (!worker.isAlive) this.#modelWorkers.delete(worker)
    for (const worker of this.#idle.filter(({ isAlive }) => !isAlive)) this.#idle.splice(this.#idle.indexOf(worker), 1)
  }

  /** One stays, if possible one whose models need not be opened again. */
  #shrink(): void {
    const kept = this.#idle.findLast((worker) => this.#modelWorkers.has(worker)) ?? this.#idle.at(-1)
    for (const worker of this.#idle.splice(0)) {
      if (worker === kept) this.#idle.push(worker)
      else {
        this.#modelWorkers.delete(worker)
        worker.dispose()
      }
    }
  }
}
