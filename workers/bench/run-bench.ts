import { failure } from '../../core/errors'
import { watchConditions } from './conditions'
import { type BenchJob, type BenchStep, type MeasureOptions, measure } from './measure'
import type { BenchResult } from './report'

interface BenchRun extends Omit<MeasureOptions, 'onStep'> {
  onStep(job: BenchJob, step: BenchStep): void
  onResult(result: BenchResult): void
}

/** Measures one job after the other; one that fails is told and loses no other. Ends early when `signal` aborts. */
export async function runBench(jobs: readonly BenchJob[], { onStep, onResult, ...options }: BenchRun): Promise<void> {
  for (const job of jobs) {
    const conditions = await watchConditions()
    const about = { tool: job.tool, backend: job.backend }
    try {
      const figures = await measure(job, { ...options, onStep: (step) => onStep(job, step) })
      onResult({ ...about, ...figures, ...conditions.seen() })
    } catch (error) {
      if (options.signal.aborted) return
      const { code, message } = failure(error, console.error)
      onResult({ ...about, ...conditions.seen(), error: { code, message } })
    } finally {
      conditions.stop()
    }
    if (options.signal.aborted) return
  }
}
