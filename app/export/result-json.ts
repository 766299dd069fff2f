import type { RunOutcome } from '../../workers/runner'

/** A run as a file: what was asked, what came out, where it ran and how long it took. */
export function resultJson(
  tool: string,
  params: Readonly<Record<string, unknown>>,
  { ran, timings }: Pick<RunOutcome, 'ran' | 'timings'>,
  data: Readonly<Record<string, unknown>>,
): string {
  return JSON.stringify({ tool, params, result_data: data, ran, timings_ms: timings }, null, 2)
}
