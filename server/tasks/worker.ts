import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { failure } from '../../core/errors'
import type { Progress } from '../../core/progress'
import type { BatchItem } from '../api/batch'
import { ChildLostError } from '../compute/conversation'
import type { ComputePool } from '../compute/pool'
import type { Finished, Run } from '../compute/protocol'
import type { Sql } from '../db/database'
import type { TaskFailure, TaskRow } from '../db/schema'
import type { Storage } from '../storage/storage'
import { isStoreAway } from '../storage/store-failure'
import { runBatchTask } from './batch-run'
import type { Changes } from './changes'
import { endTask, type OnEnd } from './end-task'
import { withSharedMark } from './shared-mark'
import { claimTask, failExhausted, failTask, findTask, releaseTask, reportProgress, succeedTask } from './task-store'

const MOST_ATTEMPTS = 3

const LEAST_PAUSE_MS = 1000
const MOST_PAUSE_MS = 15_000
const AWAY_MS = 3_600_000 // so long is a storage waited for, from a task's first begin

const PROGRESS_MS = 400 // often enough for a moving bar, seldom enough for the database

export interface WorkerParts {
  readonly sql: Sql
  readonly changes: Changes
  readonly pool: ComputePool
  readonly storage: Storage
  readonly log: Logger
  readonly onEnd: OnEnd
  readonly runTimeoutMs: number
  /** Pictures in one run of a model. */
  readonly modelBatch: number
}

/** Runs tasks that the queue hands it, each at most `MOST_ATTEMPTS` times. */
export class TaskWorker {
  readonly #parts: WorkerParts
  readonly #running = new Map<string, AbortController>()
  readonly #unsubscribe: () => void
  readonly #stopping = new AbortController()
  #pausing = 0

  constructor(parts: WorkerParts) {
    this.#parts = parts
    this.#unsubscribe = parts.changes.subscribe((change) => {
      if (change?.state === 'canceled') this.#running.get(change.uid)?.abort()
    })
  }

  /**
   * Runs one task to its end and writes that down.
   *
   * @param claim aborts when the queue has given the job to somebody else
   * @throws Error when the task is to be tried again: the job goes back to the queue
   */
  async run(uid: string, claim: AbortSignal): Promise<void> {
    this.#stopping.signal.throwIfAborted()
    const controller = new AbortController()
    this.#running.set(uid, controller) // before it is claimed, so that a stop waits for it
    try {
      const task = await claimTask(this.#parts.sql, uid, MOST_ATTEMPTS)
      if (task) await this.#attempt(task, AbortSignal.any([controller.signal, claim]), controller)
      else await this.#end((transaction) => failExhausted(transaction, uid, MOST_ATTEMPTS, exhausted))
    } finally {
      this.#running.delete(uid)
    }
  }

  /** Lets running tasks end for `graceMs`, then breaks them off; they are run again elsewhere, uncounted. */
  async stop(graceMs: number): Promise<void> {
    const until = performance.now() + graceMs
    while (this.#running.size > this.#pausing && performance.now() < until) await sleep(50)
    this.#stopping.abort()
    for (const controller of this.#running.values()) controller.abort()
    while (this.#running.size > 0) await sleep(20)
    this.#unsubscribe()
  }

  async #attempt(task: TaskRow, signal: AbortSignal, controller: AbortController): Promise<void> {
    const { pool, storage, runTimeoutMs: timeoutMs, modelBatch: together } = this.#parts
    const onProgress = this.#progressWriter(task, controller)
    const prepare = (items: readonly BatchItem[]) => withSharedMark(task, items, { pool, storage, signal, timeoutMs })
    let finished: Finished
    try {
      finished = isBatch(task)
        ? await runBatchTask(task, pool, { signal, timeoutMs, together, prepare, onProgress })
        : await pool.call(workOf(task), { signal, timeoutMs, onProgress })
    } catch (error) {
      return this.#handleFailure(task, error, signal.aborted)
    }
    // What fails from here on is not the tool's failure: it is thrown, and the task is run again.
    const held = await this.#end((transaction) => succeedTask(transaction, task, finished))
    await this.#settle(task, held, 'succeeded')
  }

  async #handleFailure(task: TaskRow, error: unknown, aborted: boolean): Promise<void> {
    const { sql, log } = this.#parts
    if (aborted && this.#stopping.signal.aborted) {
      await releaseTask(sql, task, { uncounted: true })
      throw error
    }
    if (aborted) return this.#settle(task, false, 'canceled')
    if (isStoreAway(error) && waitedMs(task) < AWAY_MS) {
      log.warn({ uid: task.uid, detail: error.message }, 'the file storage is away; the task is run again')
      await releaseTask(sql, task, { uncounted: true })
      await this.#pause(Math.min(waitedMs(task) / 2, MOST_PAUSE_MS))
      throw error
    }
    if (error instanceof ChildLostError && task.attempts < MOST_ATTEMPTS) {
      log.warn({ uid: task.uid, attempt: task.attempts }, 'a compute process was lost; the task is run again')
      await releaseTask(sql, task)
      throw error
    }
    const { code, message } = error instanceof ChildLostError ? exhausted : failure(error, (err) => log.error({ err }))
    const held = await this.#end((transaction) => failTask(transaction, task, { code, message }))
    await this.#settle(task, held, 'failed')
  }

  /** Keeps this place from taking another task at once, which would fail for the same reason. A stop ends it. */
  async #pause(ms: number): Promise<void> {
    this.#pausing++
    await sleep(Math.max(ms, LEAST_PAUSE_MS), undefined, { signal: this.#stopping.signal }).catch(() => {})
    this.#pausing--
  }

  /** @returns whether it was ours to end */
  async #end(change: Parameters<typeof endTask>[2]): Promise<boolean> {
    const { sql, onEnd } = this.#parts
    return (await endTask(sql, onEnd, change)) !== undefined
  }

  /** What an attempt made that no longer holds its task is removed, unless a newer attempt uses the same names. */
  async #settle({ uid, attempts }: TaskRow, held: boolean, state: string): Promise<void> {
    const { sql, storage, log } = this.#parts
    log.info({ uid, attempts, state: held ? state : 'given up' }, 'task ended')
    if (held) return
    const task = await findTask(sql, uid)
    if (!task || task.state === 'canceled') await storage.remove(resultsOf(uid))
  }

  /** Also learns that the task is no longer ours, should the announcement of a cancel be lost. */
  #progressWriter(task: TaskRow, controller: AbortController): (progress: Progress) => void {
    let next = 0
    return (progress) => {
      if (performance.now() < next) return
      next = performance.now() + PROGRESS_MS
      reportProgress(this.#parts.sql, task, progress).then(
        (held) => held || controller.abort(),
        (error) => this.#parts.log.warn({ error: String(error) }, 'progress could not be written'),
      )
    }
  }
}

/** Since a task was first begun, by the database's clock and its own. */
const waitedMs = ({ startedAt, updatedAt }: TaskRow): number =>
  startedAt ? updatedAt.getTime() - startedAt.getTime() : 0

const isBatch = ({ inputs }: TaskRow): boolean => inputs.some(({ item }) => item !== undefined)

const resultsOf = (uid: string): string => `results/${uid}`

const workOf = ({ uid, tool, params, inputs }: TaskRow): Run => ({
  kind: 'run',
  tool,
  params,
  inputs: Object.fromEntries(inputs.map(({ slot, path }) => [slot, path])),
  results: resultsOf(uid),
})

const exhausted: TaskFailure = {
  code: 'internal',
  message: `The task was begun ${MOST_ATTEMPTS} times, and each time the process that ran it ended before it did`,
}
