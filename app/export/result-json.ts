import type { RunOutcome } from '../../workers/runner'
import type { ShownResult } from '../run/shown-result'

/** A run as a file: what was asked, what came out, where it ran and how long it took. */
export function resultJson(
  tool: string,
  { params, data }: Pick<ShownResult, 'params' | 'data'>,
  { ran, timings }: Pick<RunOutcome, 'ran' | 'timings'>,
): string {
  return JSON.stringify({ tool, params, result_data: data, ran, timings_ms: timings }, null, 2)
}
