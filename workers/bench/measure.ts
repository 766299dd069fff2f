import * as Comlink from 'comlink'
import { ToolError, unwrap } from '../../core/errors'
import type { Progress } from '../../core/progress'
import type { Executed } from '../../operators/execute'
import { ToolWorker } from '../client'
import type { HostCall } from '../host'
import { memoryBytes } from './memory'
import { type BenchBackend, type BenchSuccess, median } from './report'
import { startBenchWorker } from './start-bench-worker'

/** One sample of one tool on one backend. */
export interface BenchJob {
  /** Id of the tool. */
  readonly tool: string
  readonly backend: BenchBackend
  /** Path of the sample's file for each slot. */
  readonly files: Readonly<Record<string, string>>
  readonly params: Readonly<Record<string, unknown>>
}

/** What is being done: `fetching` counts bytes of a model that is not on the device yet, `warm` counts runs. */
export interface BenchStep {
  readonly phase: 'preparing' | 'fetching' | 'first' | 'warm' | 'memory'
  readonly done: number
  readonly total: number
}

export interface MeasureOptions {
  /** Warm runs, one at least; fewer are made where they take long. */
  readonly runs: number
  /** Whether to ask for the memory, which makes a job up to half a minute longer. */
  readonly memory: boolean
  readonly signal: AbortSignal
  onStep(step: BenchStep): void
}

const LONG_MS = 20_000 // warm runs of one job together: a slow device is told from a quick one by fewer

type Figures = Pick<
  BenchSuccess,
  'computed_by' | 'model_load_ms' | 'first_ms' | 'warm_ms' | 'median_ms' | 'memory_bytes'
>

/**
 * Times a job: the first result of a new worker, then the same again and again. A run before that, which is not counted,
 * brings what is not on the device yet.
 *
 * @throws ToolError what the tool throws; canceled when `signal` aborts
 */
export async function measure(job: BenchJob, options: MeasureOptions): Promise<Figures> {
  const { signal, onStep } = options
  const call = { tool: job.tool, files: await load(job.files), params: job.params }
  onStep({ phase: 'preparing', done: 0, total: 1 })
  await inNewWorker(job.backend, (worker) => run(worker, call, options))
  onStep({ phase: 'first', done: 0, total: 1 })
  return inNewWorker(job.backend, async (worker, startedAt) => {
    const first = await run(worker, call, options)
    const first_ms = performance.now() - startedAt
    const warm_ms = await repeat(worker, call, options)
    if (options.memory) onStep({ phase: 'memory', done: 0, total: 1 })
    return {
      computed_by: first.ran.backend,
      model_load_ms: first.timings.modelLoad,
      first_ms,
      warm_ms,
      median_ms: median(warm_ms),
      memory_bytes: options.memory ? await memoryBytes(signal) : null,
    }
  })
}

async function repeat(worker: ToolWorker, call: HostCall, options: MeasureOptions): Promise<number[]> {
  const { runs, onStep } = options
  const times: number[] = []
  const beganAt = performance.now()
  while (times.length < runs) {
    onStep({ phase: 'warm', done: times.length, total: runs })
    const startedAt = performance.now()
    await run(worker, call, options)
    times.push(performance.now() - startedAt)
    if (performance.now() - beganAt > LONG_MS) break
  }
  return times
}

async function run(worker: ToolWorker, call: HostCall, { signal, onStep }: MeasureOptions): Promise<Executed> {
  const report = Comlink.proxy(({ phase, done, total }: Progress) => {
    if (phase === 'loading-model') onStep({ phase: 'fetching', done, total })
  })
  const cores = navigator.hardwareConcurrency || 1
  return unwrap(await worker.ask(async (host) => await host.run(call, report, cores), signal))
}

async function inNewWorker<T>(
  backend: BenchBackend,
  work: (worker: ToolWorker, startedAt: number) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now()
  const worker = new ToolWorker(startBenchWorker(backend))
  try {
    return await work(worker, startedAt)
  } finally {
    worker.dispose()
  }
}

async function load(files: BenchJob['files']): Promise<Record<string, Blob>> {
  const loaded = Object.entries(files).map(async ([slot, path]) => {
    const response = await fetch(path).catch(() => undefined)
    if (!response?.ok) throw new ToolError('unavailable', `The sample ${path} could not be loaded`)
    return [slot, await response.blob()] as const
  })
  return Object.fromEntries(await Promise.all(loaded))
}
