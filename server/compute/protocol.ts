import type { Failure, Outcome } from '../../core/errors'
import type { PixelLimits } from '../../core/ports'
import type { Progress } from '../../core/progress'
import type { Ran, Timings } from '../../core/ran'
import type { Size } from '../../core/raster'
import type { Call as ToolCall } from '../../operators/execute'
import type { BatchItem, ItemDone } from '../api/batch'
import type { Computed } from '../api/engine'
import type { Config } from '../config'
import type { StoragePlace } from '../storage/place'
import type { ModelSettings } from './models'

/** The environment variable of a child process that says where the files are, keys included: arguments are everybody's to read. */
export const STORAGE_PLACE = 'DARKROOM_STORAGE_PLACE'

/** What a child process needs to begin. It reads and writes the files of tasks itself. */
export interface ChildSettings {
  readonly dataDir: string
  /** Left out, it is `files` in `dataDir`. It reaches the process as the receipt key does. */
  readonly storage?: StoragePlace
  readonly pixels: PixelLimits
  /** Memory at which a process is ended in the midst of its call, models and all; any where left out. */
  readonly mostBytes?: number
  readonly logLevel: Config['logLevel']
  /** Left out where no tool needs models. */
  readonly models?: ModelSettings
  /** Most pictures in one run of a model. */
  readonly modelBatch?: number
  readonly plateCover?: string
  /** Reaches the process by its environment, which other users cannot read. */
  readonly receiptKey?: string
}

interface Call {
  readonly tool: string
  readonly params: Record<string, unknown>
  /** Storage key of each input, by slot. */
  readonly inputs: Readonly<Record<string, string>>
}

/** Checks a call before it is accepted, and makes thumbnails. */
export interface Inspect extends Call {
  readonly kind: 'inspect'
  /** Where the thumbnail of each slot goes. */
  readonly thumbnails: Readonly<Record<string, string>>
}

export interface Run extends Call {
  readonly kind: 'run'
  /** Storage folder for the result files. */
  readonly results: string
}

/** The same run for many files. A picture that cannot be read is answered with why, and keeps nobody else. */
export interface Batch {
  readonly kind: 'batch'
  readonly tool: string
  readonly params: Record<string, unknown>
  readonly items: readonly BatchItem[]
  /** Storage folder for the result files. */
  readonly results: string
}

/** Runs whose files come with the call and whose results go back with the answer: nothing is read or written. */
export interface Compute {
  readonly kind: 'compute'
  readonly calls: readonly ToolCall[]
  /** For each call. One where left out: requests that are answered at once come many at a time. */
  readonly cores?: number
}

export type Work = Inspect | Run | Batch | Compute

export interface Inspected {
  readonly params: Record<string, unknown>
  readonly sizes: Readonly<Record<string, Size>>
}

export interface Finished {
  readonly data: Record<string, unknown>
  /** Storage keys. */
  readonly files: string[]
  readonly ran: Ran
  readonly timings: Timings
}

export type Answer<W extends Work> = W extends Inspect
  ? Inspected
  : W extends Compute
    ? readonly Outcome<Computed>[]
    : W extends Batch
      ? readonly ItemDone[]
      : Finished

export type ToChild =
  | { readonly type: 'work'; readonly id: number; readonly work: Work; readonly cores: number }
  | { readonly type: 'cancel'; readonly id: number }

export type FromChild =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | {
      readonly type: 'done'
      readonly id: number
      readonly outcome: { readonly ok: true; readonly value: Answer<Work> } | Failure
      /** Memory that the process holds now. */
      readonly bytes: number
    }
