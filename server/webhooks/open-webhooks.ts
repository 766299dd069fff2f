import type { Logger } from 'pino'
import type { Webhooks } from '../api/engine'
import type { Config } from '../config'
import type { Sql } from '../db/database'
import type { OnEnd } from '../tasks/end-task'
import { announceTo } from './announce'
import { type Callbacks, createCallbacks } from './callbacks'
import { type DelivererParts, deliver } from './deliver'
import type { DeliveryQueue } from './delivery-queue'
import { createGuard, type Resolve } from './guard'
import { RETRY_DELAYS_MS } from './schedule'
import { openSecretBox } from './secrets'
import { createWebhooks } from './webhooks'

interface OpenParts {
  readonly sql: Sql
  readonly queue: DeliveryQueue
  readonly log: Logger
  readonly config: Pick<Config, 'dataDir' | 'secretKey' | 'webhookAllowPrivate'>
}

/** What tests set so as not to wait for days, nor to look names up. */
export interface DeliveryOptions {
  readonly timeoutMs?: number
  readonly delaysMs?: readonly number[]
  readonly resolve?: Resolve
  /** How often to look for tries that have become due. */
  readonly pollSeconds?: number
}

export interface WebhookService {
  readonly webhooks: Webhooks
  readonly callbacks: Callbacks
  readonly onEnd: OnEnd
  /** Begins to send what is due. */
  work(): Promise<void>
  /** Breaks off what is being sent; it is sent again by the next process. */
  stop(): Promise<void>
}

const TIMEOUT_MS = 15_000
const POLL_SECONDS = 2

export async function openWebhooks(parts: OpenParts, options: DeliveryOptions = {}): Promise<WebhookService> {
  const { sql, queue, log, config } = parts
  const { timeoutMs = TIMEOUT_MS, delaysMs = RETRY_DELAYS_MS, pollSeconds = POLL_SECONDS, resolve } = options
  const secrets = await openSecretBox(config)
  const guard = createGuard(config.webhookAllowPrivate, resolve)
  const deliverer: DelivererParts = { sql, queue, secrets, guard, log, timeoutMs, delaysMs }
  const stopping = new AbortController()
  const underWay = new Set<Promise<void>>()
  return {
    webhooks: createWebhooks({ sql, queue, secrets, guard }),
    callbacks: createCallbacks({ guard, secrets }),
    onEnd: announceTo(queue),
    work: () =>
      queue.work(async (job, claim) => {
        const delivery = deliver(job, AbortSignal.any([claim, stopping.signal]), deliverer)
        underWay.add(delivery)
        await delivery.finally(() => underWay.delete(delivery))
      }, pollSeconds),
    async stop() {
      await queue.pause()
      stopping.abort()
      await Promise.allSettled(underWay)
    },
  }
}
