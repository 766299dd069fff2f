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
}

interface Waiting {
  readonly bytes: number
  readonly isShort: boolean
  start(worker: ToolWorker): void
  refuse(error: unknown): void
}

interface UseOptions {
  readonly signal: AbortSignal
  /** What the job will hold while it runs. */
  readonly bytes?: number
  /** Somebody waits for an answer to be able to go on: it is begun before longer jobs that wait. */
  readonly isShort?: boolean
}

/** Workers that are started when needed, kept while useful and replaced when broken; jobs wait in the order they came. */
export class WorkerPool {
  readonly #options: PoolOptions
  readonly #idle: ToolWorker[] = []
  readonly #queue: Waiting[] = []
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
    { signal, bytes = 0, isShort = false }: UseOptions,
  ): Promise<T> {
    const worker = await this.#acquire({ signal, bytes, isShort })
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

  #acquire({ signal, bytes, isShort }: Required<UseOptions>): Promise<ToolWorker> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(canceled())
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1)
        reject(canceled())
      }
      const begin = <A>(then: (value: A) => void) => {
        return (value: A) => {
          signal.removeEventListener('abort', leave)
          then(value)
        }
      }
      const waiting: Waiting = { bytes, isShort, start: begin(resolve), refuse: begin(reject) }
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
    while (this.#queue.length > 0 && this.#hasRoom(this.#queue[0].bytes)) {
      const { bytes, start, refuse } = this.#queue.shift() as Waiting
      try {
        const worker = this.#idleWorker() ?? new ToolWorker(startWorker())
        this.#busy += 1
        this.#heldBytes += bytes
        start(worker)
      } catch (cause) {
        refuse(new ToolError('unavailable', 'This browser could not start a worker', { cause }))
      }
    }
  }

  #hasRoom(bytes: number): boolean {
    if (this.#busy === 0) return true
    return this.#busy < this.#options.size && this.#heldBytes + bytes <= this.#options.memoryBytes
  }

  /** The one used last: its caches are warm. One that broke while idle is dropped. */
  #idleWorker(): ToolWorker | undefined {
    for (let worker = this.#idle.pop(); worker; worker = this.#idle.pop()) if (worker.isAlive) return worker
    return undefined
  }

  #shrink(): void {
    for (const worker of this.#idle.splice(0, this.#idle.length - 1)) worker.dispose()
  }
}
