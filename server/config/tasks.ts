import { availableParallelism } from 'node:os'
import { BYTES_PER_MB, type Values, whole } from './variable'

const MS_PER_HOUR = 3_600_000

export const queueVariables = {
  WORKERS: whole(0, 0, 256, 'How many tasks run at once; 0 is one for each core'),
  QUEUE_LIMIT: whole(1000, 1, 1_000_000, 'Most tasks that may wait; more are refused with 503'),
}

export const runVariables = {
  MAX_MEGAPIXELS: whole(100, 1, 1000, 'Largest picture, checked before it is decoded', ' of megapixels'),
  MAX_SIDE: whole(30_000, 16, 1_000_000, 'Longest side of a picture', ' of pixels'),
  RUN_TIMEOUT_SECONDS: whole(300, 1, 86_400, 'Longest run of one task', ' of seconds'),
  RUN_MEMORY_MB: whole(
    4096,
    128,
    1_000_000,
    'Most memory of one compute process, the models it holds among it; one that takes more is ended and its picture refused. Watched on Linux only',
    ' of megabytes',
  ),
  STOP_GRACE_SECONDS: whole(20, 0, 3600, 'How long a stopping server lets tasks finish', ' of seconds'),
  TASK_STORAGE_TTL_HOURS: whole(72, 1, 87_600, 'How long an ended task and its files are kept', ' of hours'),
}

export interface TaskConfig {
  readonly workers: number
  readonly queueLimit: number
  readonly pixels: { readonly pixels: number; readonly side: number }
  readonly runTimeoutMs: number
  /** Of one compute process. */
  readonly runMemoryBytes: number
  readonly stopGraceMs: number
  readonly taskTtlMs: number
}

export const taskConfig = (variables: Values<typeof queueVariables & typeof runVariables>): TaskConfig => ({
  workers: variables.WORKERS || availableParallelism(),
  queueLimit: variables.QUEUE_LIMIT,
  pixels: { pixels: variables.MAX_MEGAPIXELS * 1e6, side: variables.MAX_SIDE },
  runTimeoutMs: variables.RUN_TIMEOUT_SECONDS * 1000,
  runMemoryBytes: variables.RUN_MEMORY_MB * BYTES_PER_MB,
  stopGraceMs: variables.STOP_GRACE_SECONDS * 1000,
  taskTtlMs: variables.TASK_STORAGE_TTL_HOURS * MS_PER_HOUR,
})
