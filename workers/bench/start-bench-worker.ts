import type { BenchBackend } from './report'

/** Apart, and literally so: bundlers look for exactly this expression. */
export const startBenchWorker = (name: BenchBackend): Worker =>
  new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module', name })
