import * as Comlink from 'comlink'
import type { Candidate, Print } from '../../core/copies/candidates'
import { ToolError, unwrap } from '../../core/errors'
import type { CandidatesHost } from './candidates-host'

/** In a worker of its own, which ends with the answer or the abort. @throws ToolError canceled, internal */
export async function findCandidates(prints: readonly Print[], signal: AbortSignal): Promise<readonly Candidate[]> {
  // Bundlers look for exactly this expression.
  const worker = new Worker(new URL('./candidates.worker.ts', import.meta.url), { type: 'module' })
  try {
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new ToolError('canceled', 'Canceled')), { once: true })
      worker.addEventListener('error', () => reject(new ToolError('internal', 'The worker stopped unexpectedly')))
    })
    const looked = prints.map(({ orientations, quality, embedding }) => ({ orientations, quality, embedding }))
    return unwrap(await Promise.race([Comlink.wrap<CandidatesHost>(worker).find(looked), ended]))
  } finally {
    worker.terminate()
  }
}
