import type { ErrorCode } from '../../core/errors'

/** Ways to compute models that a browser may have; a tool without models has the first only. */
export const BENCH_BACKENDS = ['wasm', 'webgpu'] as const
export type BenchBackend = (typeof BENCH_BACKENDS)[number]

export const BENCH_FORMAT = 'darkroom-bench-1'

/** What the browser tells about the device; nothing of it names a person or a place. */
export interface DeviceFacts {
  /** `Chromium 147` */
  readonly browser: string
  /** `Linux`, `Windows`, `Android` … */
  readonly system: string
  /** Logical cores. */
  readonly cores: number
  /** Rounded by the browser, 8 at most; null where it does not tell. */
  readonly memory_gib: number | null
  /** The adapter behind WebGPU, in its own words; null where there is none. */
  readonly gpu: string | null
  readonly wasm_simd: boolean
  /** Whether WebAssembly may use threads. */
  readonly threads: boolean
  /** One core beside the one that estimates are in: 1 is as quick, 0.5 takes twice as long. */
  readonly core_speed: number
}

interface Measured {
  /** Id of the tool. */
  readonly tool: string
  readonly backend: BenchBackend
  /** The page was not in front at some time, where browsers slow it down. */
  readonly in_background: boolean
  /** The device was not plugged in; null where the browser does not tell. */
  readonly on_battery: boolean | null
}

export interface BenchSuccess extends Measured {
  /** What the tool says it ran on: `WASM threads`, `WebGPU` … */
  readonly computed_by: string
  /** Milliseconds of the first run for opening models, which lie on the device already; 0 where there are none. */
  readonly model_load_ms: number
  /** Milliseconds from starting a worker to the first result. */
  readonly first_ms: number
  /** Milliseconds of each further run in the same worker. */
  readonly warm_ms: readonly number[]
  readonly median_ms: number
  /** Bytes of the page and its workers after the runs; null where the browser does not tell, or was not asked. */
  readonly memory_bytes: number | null
}

export interface BenchFailure extends Measured {
  readonly error: { readonly code: ErrorCode; readonly message: string }
}

export type BenchResult = BenchSuccess | BenchFailure

export interface BenchReport {
  readonly format: typeof BENCH_FORMAT
  /** ISO 8601, UTC. */
  readonly made_at: string
  readonly device: DeviceFacts
  readonly results: readonly BenchResult[]
}

export const hasFailed = (result: BenchResult): result is BenchFailure => 'error' in result

/** The middle one; of an even number, the mean of the middle two. @param values one at least */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
