import { type ErrorCode, ToolError } from '../../core/errors'
import { inLanes } from '../../core/lanes'
import type { Progress } from '../../core/progress'
import { type BatchItem, batchResult, type ItemDone, itemsOf } from '../api/batch'
import { ChildLostError } from '../compute/conversation'
import type { ComputePool } from '../compute/pool'
import type { Batch, Finished } from '../compute/protocol'
import type { TaskRow } from '../db/schema'

interface Options {
  readonly signal: AbortSignal
  /** For each file. */
  readonly timeoutMs: number
  /** Files for each model run: a process gets as many at a time. */
  readonly together: number
  /** What is known of all files once some were looked at. */
  prepare?(items: readonly BatchItem[]): Promise<readonly BatchItem[]>
  onProgress(progress: Progress): void
}

/** Does a task with many files, spread over the processes that are free, a few files at a time each. */
export async function runBatchTask(task: TaskRow, pool: ComputePool, options: Options): Promise<Finished> {
  const given = itemsOf(task.inputs)
  const items = (await options.prepare?.(given)) ?? given
  const chunks = evenChunks(items, options.together, pool.runs)
  const reached = chunks.map(() => 0)
  const parts: (readonly ItemDone[])[] = []
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  await inLanes(chunks.length, pool.runs, async (i) => {
    const onProgress = ({ done }: Progress) => {
      if (!(done > reached[i])) return
      reached[i] = done
      options.onProgress({ done: reached.reduce((sum, one) => sum + one), total: items.length })
    }
    try {
      parts[i] = await runChunk(workOf(task, chunks[i]), pool, { ...options, signal, onProgress })
    } catch (error) {
      failed.abort() // what goes on elsewhere would write files of a task that has ended
      throw error
    }
  })
  return batchResult(task.uid, 'server', parts.flat())
}

/** Of nearly equal length, at most `most`, and as many for each process: none has to wait for the last one. */
function evenChunks<T>(items: readonly T[], most: number, processes: number): T[][] {
  const rounds = Math.ceil(items.length / (most * processes))
  const count = Math.min(items.length, rounds * processes)
  const start = (i: number) => Math.floor((i * items.length) / count)
  return Array.from({ length: count }, (_, i) => items.slice(start(i), start(i + 1)))
}

const workOf = ({ uid, tool, params }: TaskRow, items: readonly BatchItem[]): Batch => ({
  kind: 'batch',
  ...{ tool, params, items },
  results: `results/${uid}`,
})

/** For its time, or its memory. */
const STOPPED: readonly ErrorCode[] = ['timeout', 'too-large']

/** A process that is lost, hangs or grows may have choked on one of the files: each is tried by itself, and that one given up. */
async function runChunk(
  work: Batch,
  pool: ComputePool,
  options: Options,
  isLast = false,
): Promise<readonly ItemDone[]> {
  const { signal, timeoutMs, onProgress } = options
  try {
    return await pool.call(work, { signal, timeoutMs: timeoutMs * work.items.length, onProgress })
  } catch (error) {
    const isStopped = error instanceof ToolError && STOPPED.includes(error.code)
    if (!isStopped && !(error instanceof ChildLostError)) throw error
    // A process can also be lost for what is no file's fault, so one file alone has a second try as well.
    if (!isLast && (work.items.length > 1 || !isStopped)) return runOneByOne(work, pool, options)
    const [{ name }] = work.items
    return [isStopped ? { result: { name, code: error.code, error: error.message } } : lost(name)]
  }
}

async function runOneByOne(work: Batch, pool: ComputePool, options: Options): Promise<readonly ItemDone[]> {
  const done: ItemDone[] = []
  for (const item of work.items) {
    done.push(...(await runChunk({ ...work, items: [item] }, pool, { ...options, onProgress: () => {} }, true)))
    options.onProgress({ done: done.length, total: work.items.length })
  }
  return done
}

const lost = (name: string): ItemDone => ({
  result: { name, code: 'internal', error: 'The process that worked on this picture ended before it did' },
})
