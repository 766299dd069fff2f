import { failure, type Outcome } from '../core/errors'
import { inLanes } from '../core/lanes'
import type { Spec } from '../core/operator'
import type { Done, Engine } from './engines/engine'
import type { Output } from './output'
import type { PlannedRun } from './plan'
import type { ProgressBar } from './progress-bar'
import type { Reported } from './report'
import { FileExistsError } from './write-file'

interface Batch {
  readonly spec: Spec
  readonly params: Readonly<Record<string, unknown>>
  readonly runs: readonly PlannedRun[]
  readonly engine: Engine
  readonly output: Output
  readonly bar: ProgressBar
  readonly signal: AbortSignal
  /** Is told of each run as it ends. */
  report(done: Reported): void
}

/** Runs all of them, a few at a time. One that fails keeps no other. @returns how many failed */
export async function runAll(batch: Batch): Promise<number> {
  const { runs, engine, signal } = batch
  const parts = runs.map(() => 0)
  let failed = 0
  let ended = 0
  const show = (label: string) => {
    const part = parts.reduce((sum, one) => sum + one, 0) / runs.length
    batch.bar.show(part, `${ended}/${runs.length} ${label}`)
  }
  await inLanes(runs.length, engine.lanes, async (i) => {
    if (signal.aborted) return
    const { label } = runs[i].of
    show(label)
    const reported = await runOne(batch, runs[i], (part) => {
      parts[i] = Math.max(parts[i], Math.min(part, 1))
      show(label)
    })
    if (signal.aborted) return
    parts[i] = 1
    ended++
    if (!reported.outcome.ok) failed++
    batch.bar.clear()
    batch.report(reported)
    if (ended < runs.length) show(label)
  })
  batch.bar.clear()
  return failed
}

async function runOne(
  { spec, params, engine, output, signal }: Batch,
  run: PlannedRun,
  onProgress: (part: number) => void,
): Promise<Reported> {
  const outcome = await engine.run({ spec, params, files: run.files }, { signal, onProgress })
  if (!outcome.ok || signal.aborted) return { of: run.of, outcome, files: [] }
  try {
    return { of: run.of, outcome, files: await output.write(run, outcome.value.files) }
  } catch (error) {
    return { of: run.of, outcome: notWritten(error), files: [] }
  }
}

function notWritten(error: unknown): Outcome<Done> {
  if (error instanceof FileExistsError) return { ok: false, code: 'conflict', message: error.message, issues: [] }
  if (!(error instanceof Error) || !('code' in error)) return failure(error, console.error)
  return { ok: false, code: 'storage-full', message: `The result cannot be written: ${error.message}`, issues: [] }
}
