import * as Comlink from 'comlink'
import type { Outcome } from '../core/errors'
import { failure } from '../core/errors'
import type { Progress } from '../core/progress'
import type { Executed, Inspected } from '../operators/execute'
import type { HostCall } from './host'
import type { WorkerPool } from './pool'
import { transferables } from './transferables'

/** What an open page does for the service worker, which can start no workers of its own. */
export interface LentPool {
  /** Answered by the page, not by a worker: a run blocks its worker. */
  ping(): void
  inspect(call: HostCall): Promise<Outcome<Inspected>>
  run(id: string, call: HostCall, report: (progress: Progress) => void): Promise<Outcome<Executed>>
  cancel(id: string): void
}

interface SignsOfLife {
  /** A job begins; gives what is to be called at its end. */
  begin(): () => void
  /** A job goes on. In a hidden page this comes more often than any timer. */
  beat(): void
}

/**
 * Lends the page's pool, so that runs from both sides share its workers and its rules for cancelling and healing.
 * Results pass through as transferred buffers.
 *
 * @param signs are called while there is work, so that the service worker can be kept from being stopped
 */
export function lendPool(pool: WorkerPool, signs: SignsOfLife): LentPool {
  const running = new Map<string, AbortController>()

  async function job<T>(id: string, work: (signal: AbortSignal) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const abort = new AbortController()
    running.set(id, abort)
    const done = signs.begin()
    try {
      const outcome = await work(abort.signal)
      return Comlink.transfer(outcome, transferables(outcome))
    } catch (error) {
      return failure(error, console.error)
    } finally {
      running.delete(id)
      done()
    }
  }

  return {
    ping: () => {},
    inspect: (call) =>
      job(crypto.randomUUID(), (signal) =>
        pool.use(async (host) => await host.inspect(call), { signal, isShort: true }),
      ),
    run(id, call, report) {
      const progress = (reached: Progress) => {
        signs.beat()
        if (!reached.phase) report(reached) // a task counts what its tool does
      }
      return job(id, async (signal) =>
        pool.use(
          async (host, cores) => {
            report({ done: 0, total: 1 }) // it has a worker now
            return await host.run(call, Comlink.proxy(progress), cores)
          },
          { signal, ...(await needsOf(call)) },
        ),
      )
    },
    cancel: (id) => running.get(id)?.abort(),
  }
}

/** The schemas are loaded when first needed: every page has this code, few lend anything. */
async function needsOf({ tool, files, params }: HostCall): Promise<{ bytes: number; usesModels: boolean }> {
  const [{ costOf }, { findTool }] = await Promise.all([import('./run-cost'), import('../operators/registry')])
  const { spec } = findTool(tool)
  const { bytes } = await costOf({ spec, files, params })
  return { bytes, usesModels: (spec.models ?? []).length > 0 }
}
