/** Where and with what a result was made; goes with every result. */
export interface Ran {
  readonly place: 'device' | 'server'
  /** `WASM SIMD`, `WebGPU` … */
  readonly backend: string
  /** Why it was not a better one, after a fall-back, in sentences. */
  readonly note?: string
}

/** Milliseconds of each phase of one run. */
export interface Timings {
  readonly decode: number
  readonly modelLoad: number
  readonly compute: number
  readonly encode: number
}
