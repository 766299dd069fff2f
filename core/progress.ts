/** The part of AbortSignal that operators need; real signals fit, and core stays free of DOM types. */
export interface CancelSignal {
  readonly aborted: boolean
  throwIfAborted(): void
}

/** `done` of `total` units of the tool's own choosing; `done` never falls. */
export interface Progress {
  readonly done: number
  readonly total: number
  /** A model comes first: `done` and `total` are its bytes, and the tool begins from 0 afterwards. */
  readonly phase?: 'loading-model'
}

/** Call once per row, tile or step: reports progress, throws when canceled, lets the host breathe. */
export type Checkpoint = (done: number, total: number) => Promise<void>

interface CheckpointHost {
  readonly signal: CancelSignal
  report(progress: Progress): void
  /** Milliseconds of a clock that never goes back. */
  now(): number
  /** Resolves on a later macrotask, so that a pending cancel message is seen. */
  yield(): Promise<void>
}

const BREATH_MS = 50 // long enough to cost nothing, short enough that cancel feels instant

export function createCheckpoint(host: CheckpointHost): Checkpoint {
  let last = host.now()
  return async (done, total) => {
    host.signal.throwIfAborted()
    if (host.now() - last < BREATH_MS) return
    host.report({ done, total })
    await host.yield()
    last = host.now()
    host.signal.throwIfAborted()
  }
}

/** The part of a run from `from` to `to`, both 0..1, as a checkpoint of its own. */
export function portion(checkpoint: Checkpoint, from: number, to: number): Checkpoint {
  return (done, total) => checkpoint(from + ((to - from) * done) / total, 1)
}
