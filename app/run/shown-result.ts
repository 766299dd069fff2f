import type { Refine, Spec } from '../../core/operator'
import type { Params } from '../state/remembered-params'
import type { Run } from '../state/session'

type Done = Extract<Run, { status: 'done' }>

export interface ShownResult {
  /** `result_data` */
  readonly data: Readonly<Record<string, unknown>>
  /** The settings that would give this result. */
  readonly params: Params
  /** Live parameters change it without another run. */
  readonly live: boolean
  /** The result pictures were drawn with these very settings. */
  readonly drawn: boolean
}

/** A finished run with the live parameters as they are now, where the run kept what that needs. */
export function shownResult(
  { outcome, params }: Done,
  now: Params,
  live: readonly string[],
  refine: Refine<Spec> | undefined,
): ShownResult {
  const changed = live.filter((name) => now[name] !== params[name])
  const applies = outcome.kept !== undefined && refine !== undefined
  if (!applies || changed.length === 0) return { data: outcome.data, params, live: applies, drawn: true }
  const shown = { ...params, ...Object.fromEntries(changed.map((name) => [name, now[name]])) }
  return { data: refine(outcome.kept, shown), params: shown, live: true, drawn: false }
}
