import { randomUUID } from 'node:crypto'
import type { Job, PgBoss } from 'pg-boss'
import type { Sql } from '../db/database'
import { DUE } from '../tasks/due'
import { within } from '../tasks/within'

/** One try of a delivery. A delivery has one job that counts: that of its own `turn`. */
export interface DeliveryJob {
  readonly id: string
  readonly turn: number
}

/** Which delivery is to be tried next, and when. */
export interface DeliveryQueue {
  /** Adds a try in the transaction that writes the delivery down: at once, or after `waitMs`. */
  add(transaction: Sql, job: DeliveryJob, webhookId: string, waitMs?: number): Promise<void>
  /**
   * What `handle` throws sends the job back to the queue; its signal aborts when the claim is lost.
   *
   * @param pollSeconds how often to look for tries that have become due, from 0.5; new ones are announced
   */
  work(handle: (job: DeliveryJob, signal: AbortSignal) => Promise<void>, pollSeconds: number): Promise<void>
  /** Takes no more jobs. */
  pause(): Promise<void>
}

const DELIVERIES = 'deliveries'
const AT_ONCE = 4
const AT_ONCE_PER_WEBHOOK = 2 // one receiver that never answers must not hold up the others
const LEASE_SECONDS = 60

export async function openDeliveryQueue(boss: PgBoss): Promise<DeliveryQueue> {
  await boss.createQueue(DELIVERIES, {
    notify: true,
    heartbeatSeconds: 10,
    expireInSeconds: LEASE_SECONDS,
    retryLimit: 1000, // a process died or the database was gone: failed tries are counted on the delivery
    retryDelay: 1,
    deleteAfterSeconds: 60,
  })
  await boss.findJobs(DELIVERIES, { id: randomUUID() }) // for the same reason as in tasks/queue.ts
  return {
    async add(transaction, { id, turn }, webhookId, waitMs = 0) {
      await boss.send(DELIVERIES, { id, turn } satisfies DeliveryJob, {
        startAfter: waitMs > 0 ? `${waitMs} milliseconds` : DUE,
        group: { id: webhookId },
        db: within(transaction),
      })
    },
    async work(handle, pollSeconds) {
      const polling = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds }
      const concurrency = { localConcurrency: AT_ONCE, localGroupConcurrency: AT_ONCE_PER_WEBHOOK, batchSize: 1 }
      const options = { ...polling, ...concurrency } as const
      const worker: string = await boss.work<DeliveryJob>(DELIVERIES, options, async ([job]: Job<DeliveryJob>[]) => {
        try {
          await handle(job.data, job.signal)
        } finally {
          boss.notifyWorker(worker)
        }
      })
    },
    pause: () => boss.offWork(DELIVERIES, { wait: false }),
  }
}
