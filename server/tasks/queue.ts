import { randomUUID } from 'node:crypto'
import { type Job, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Database, Sql } from '../db/database'
import { type DeliveryQueue, openDeliveryQueue } from '../webhooks/delivery-queue'
import { DUE } from './due'
import { within } from './within'

interface TaskJob {
  readonly uid: string
}

/** Handles one job; what it throws sends the job back to the queue. The signal aborts when the claim is lost. */
type HandleJob = (uid: string, signal: AbortSignal) => Promise<void>

/** Which task is to be run next, and by whom: jobs are leased, renewed by heartbeats, and taken back from the dead. */
export interface Queue {
  readonly deliveries: DeliveryQueue
  /** Adds a task's job in the transaction that adds the task. */
  add(transaction: Sql, uid: string): Promise<void>
  /** Drops a canceled task's job in the transaction that cancels it. */
  drop(transaction: Sql, uid: string): Promise<void>
  /** Takes jobs back from a process that is known to be gone, without waiting for their leases to end. */
  takeBack(uids: readonly string[]): Promise<void>
  /** Calls `handle` for `atOnce` jobs at a time. */
  work(atOnce: number, handle: HandleJob): Promise<void>
  /** Calls `run` on a schedule, in one process only. */
  schedule(name: string, cron: string, run: () => Promise<void>): Promise<void>
  /** Takes no more jobs. Those that run go on. */
  pause(): Promise<void>
  /** Ends; jobs still running go back to the queue after `graceMs`. */
  stop(graceMs: number): Promise<void>
}

const TASKS = 'tasks'
// Announcements wake a worker at once; it looks by itself only for those that were lost.
const POLL = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 2 }
const HEARTBEAT_SECONDS = 10 // the least pg-boss takes; also about how long a dead worker's task waits
const LEASE_SECONDS = 86_400 // longest RUN_TIMEOUT_SECONDS; a shorter run timeout is kept by the worker itself
// Attempts are counted on the task, which knows how each one ended. The queue's own limit must never come first.
const RETRIES = 1000

/**
 * @param works whether this process runs tasks; the others only add and drop
 */
export async function openQueue(database: Database, log: Logger, works: boolean): Promise<Queue> {
  const boss = new PgBoss({
    ...database.queue,
    schema: 'queue',
    useListenNotify: works,
    supervise: works,
    schedule: works,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  })
  boss.on('error', (error) => log.error({ error: error.message }, 'queue error'))
  boss.on('warning', ({ message }) => log.debug({ message }, 'queue warning'))
  await boss.start()
  await boss.createQueue(TASKS, {
    notify: true,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: LEASE_SECONDS,
    retryLimit: RETRIES,
    deleteAfterSeconds: 60,
  })
  // Asking makes it remember the queue. Else the first `add` would ask, inside a transaction that PGlite lets nobody pass.
  await boss.findJobs(TASKS, { id: randomUUID() })
  return {
    deliveries: await openDeliveryQueue(boss),
    async add(transaction, uid) {
      await boss.send(TASKS, { uid } satisfies TaskJob, { id: uid, startAfter: DUE, db: within(transaction) })
    },
    async drop(transaction, uid) {
      await boss.cancel(TASKS, uid, { db: within(transaction) })
    },
    async takeBack(uids) {
      if (uids.length > 0) await boss.fail(TASKS, [...uids], { message: 'the process that ran it has ended' })
    },
    work: (atOnce, handle) => work(boss, atOnce, handle),
    async schedule(name, cron, run) {
      await boss.createQueue(name, { policy: 'singleton', retryLimit: 0, deleteAfterSeconds: 3600 })
      await boss.work(name, { pollingIntervalSeconds: 30 }, run)
      await boss.schedule(name, cron)
    },
    pause: () => boss.offWork(TASKS, { wait: false }),
    stop: (graceMs) => boss.stop({ graceful: graceMs > 0, timeout: Math.max(graceMs, 1) }),
  }
}

async function work(boss: PgBoss, atOnce: number, handle: HandleJob): Promise<void> {
  const options = { ...POLL, localConcurrency: atOnce, batchSize: 1 } as const
  const worker: string = await boss.work<TaskJob>(TASKS, options, async ([job]: Job<TaskJob>[]) => {
    try {
      await handle(job.data.uid, job.signal)
    } finally {
      boss.notifyWorker(worker) // else it would sleep between jobs even when more are waiting
    }
  })
}
