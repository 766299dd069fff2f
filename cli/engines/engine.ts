import type { Outcome } from '../../core/errors'
import type { Spec } from '../../core/operator'
import type { Ran } from '../../core/ran'
import type { InputFile } from '../input-file'

/** One run of a tool. */
export interface Run {
  readonly spec: Spec
  /** Parsed by the spec. */
  readonly params: Readonly<Record<string, unknown>>
  /** By slot. */
  readonly files: Readonly<Record<string, InputFile>>
}

export interface RunOptions {
  readonly signal: AbortSignal
  /** Is told the part that is done, 0..1. */
  onProgress(part: number): void
}

/** What a run came to. */
export interface Done {
  /** The contract's `result_data`. */
  readonly data: Readonly<Record<string, unknown>>
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly ran: Ran | null
  readonly seconds: number
}

/** Where runs are computed: in processes of this machine, or by a server. */
export interface Engine {
  /** Most runs that are worth having under way at once. */
  readonly lanes: number
  /** Never throws: every failure is an outcome. */
  run(run: Run, options: RunOptions): Promise<Outcome<Done>>
  close(): Promise<void>
}
