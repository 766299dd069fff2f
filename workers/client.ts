import * as Comlink from 'comlink'
import { ToolError } from '../core/errors'
import type { WorkerHost } from './host'

const GRACE_MS = 500 // after this long, an operator that misses its checkpoints is stopped by force

type Host = Comlink.Remote<WorkerHost>

export const canceled = () => new ToolError('canceled', 'Canceled')

/** One worker with what it has loaded. It takes one job at a time; once broken or stopped by force it takes none. */
export class ToolWorker {
  readonly #worker: Worker
  readonly #host: Host
  readonly #broken: Promise<never>
  #isAlive = true

  constructor(worker: Worker) {
    this.#worker = worker
    this.#host = Comlink.wrap<WorkerHost>(worker)
    this.#broken = new Promise((_, reject) => {
      const fail = () => {
        this.dispose()
        reject(new ToolError('internal', 'The worker stopped unexpectedly'))
      }
      worker.addEventListener('error', fail)
      worker.addEventListener('messageerror', fail)
    })
    this.#broken.catch(() => {}) // nobody listens between jobs
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /**
   * Sends one job. An abort asks the worker to stop at its next checkpoint and ends it when it does not.
   *
   * @throws ToolError canceled, or internal when the worker breaks
   */
  async ask<T>(job: (host: Host) => Promise<T>, signal: AbortSignal): Promise<T> {
    const ended = new AbortController() // every listener and timer ends with its job: a late cancel must not hit the next
    try {
      const answer = await Promise.race([job(this.#host), this.#broken, this.#stopped(signal, ended.signal)])
      if (signal.aborted) throw canceled() // done before it heard of the abort: to the user it is canceled all the same
      return answer
    } finally {
      ended.abort()
    }
  }

  #stopped(signal: AbortSignal, ended: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      const stop = () => {
        void this.#host.cancel()
        const kill = setTimeout(() => {
          this.dispose()
          reject(canceled())
        }, GRACE_MS)
        ended.addEventListener('abort', () => clearTimeout(kill))
      }
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true, signal: ended })
    })
  }

  dispose(): void {
    this.#isAlive = false
    this.#worker.terminate()
  }
}
