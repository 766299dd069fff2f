import type { Print } from '../../core/copies/candidates'
import { CANDIDATES, candidates } from '../../core/copies/candidates'
import { failure } from '../../core/errors'

/** Looks for candidates beside the page, which a large folder would keep busy for seconds. */
export const candidatesHost = {
  find: (prints: readonly Print[]) =>
    candidates(prints, CANDIDATES, async () => {}).then(
      (value) => ({ ok: true as const, value }),
      (error: unknown) => failure(error, console.error),
    ),
}

export type CandidatesHost = typeof candidatesHost
