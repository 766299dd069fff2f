import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { manifest } from '../../models/manifest'
import type { Library } from './library'
import { detailsOf } from './reasons'

const AGAIN_MS = [10_000, 60_000, 300_000, 1_800_000] // the last one for ever

/**
 * Fetches the models of the install while the server works, and tries again while their sources cannot be reached.
 *
 * @returns stops trying; a download that is under way is left to its own
 */
export function keepDefaults(library: Library, log: Pick<Logger, 'warn' | 'info'>): () => void {
  const stopped = new AbortController()
  void keep(library, log, stopped.signal).catch(() => {}) // stopped while it slept
  return () => stopped.abort()
}

async function keep(library: Library, log: Pick<Logger, 'warn' | 'info'>, signal: AbortSignal): Promise<void> {
  const ids = manifest.flatMap((model) => (model.default ? [model.id] : []))
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await library.ensure(ids)
      return
    } catch (error) {
      const again = AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)]
      const reason = error instanceof Error ? error.message : String(error)
      log.warn(
        { reason, details: detailsOf(error) },
        `models of the install are missing; the next try is in ${again / 1000} s`,
      )
      await sleep(again, undefined, { signal, ref: false })
    }
  }
}
