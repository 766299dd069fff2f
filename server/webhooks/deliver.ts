import { sql } from 'drizzle-orm'
import type { Logger } from 'pino'
import { VERSION } from '../api/version'
import type { Sql } from '../db/database'
import type { DeliveryRow, WebhookRow } from '../db/schema'
import type { DeliveryJob, DeliveryQueue } from './delivery-queue'
import type { Guard } from './guard'
import { type Letter, type Posted, post } from './post'
import { nextDelay } from './schedule'
import type { SecretBox } from './secrets'
import { signatureHeaders } from './sign'
import { disableWebhook, findDue, settleDelivery } from './webhook-store'

export interface DelivererParts {
  readonly sql: Sql
  readonly queue: DeliveryQueue
  readonly secrets: SecretBox
  readonly guard: Guard
  readonly log: Logger
  readonly timeoutMs: number
  /** How long to wait after each failed try; after the last the delivery has failed. */
  readonly delaysMs: readonly number[]
}

const GONE = 410

/**
 * Makes one try of a delivery and writes down what came of it, together with the next try where one is due.
 *
 * @throws when the try was broken off or could not be written down: the job goes back to the queue
 */
export async function deliver({ id, turn }: DeliveryJob, signal: AbortSignal, parts: DelivererParts): Promise<void> {
  const due = await findDue(parts.sql, id, turn)
  if (!due) return
  const letter = write(due.delivery, due.webhook, parts.secrets)
  const posted = letter ? await post(letter, { ...parts, signal }) : UNSIGNED
  await parts.sql.transaction((transaction) => settle(transaction, due.delivery, posted, parts))
  parts.log.info({ delivery: id, status: posted.status }, 'delivery tried')
}

const UNSIGNED: Posted = {
  status: null,
  error: 'The secret was sealed with another DATA_DIR/webhook.key; delete the webhook and register it again',
}

/** Undefined when the secret cannot be read: nothing is sent unsigned to who expects a signature. */
function write({ id, body }: DeliveryRow, { url, secret }: WebhookRow, secrets: SecretBox): Letter | undefined {
  const opened = secret === null ? null : secrets.open(secret)
  if (opened === undefined) return undefined
  const signed = signatureHeaders({ id, sentAt: new Date(), body }, opened)
  const headers = { 'Content-Type': 'application/json', 'User-Agent': `Darkroom/${VERSION}`, ...signed }
  return { url: new URL(url), headers, body }
}

async function settle(transaction: Sql, delivery: DeliveryRow, posted: Posted, parts: DelivererParts): Promise<void> {
  const now = sql`now()` // the database's, which also says when the next try is due
  const error = errorOf(posted)
  const tried = {
    attempts: delivery.attempts + 1,
    failures: delivery.failures + (error === null ? 0 : 1),
    attemptedAt: now,
    responseCode: posted.status,
    error,
  }
  const wait = error === null || posted.status === GONE ? undefined : nextDelay(tried.failures, parts.delaysMs)
  if (wait !== undefined) {
    const turn = delivery.turn + 1
    const nextAttemptAt = sql`now() + make_interval(secs => ${wait / 1000})`
    const held = await settleDelivery(transaction, delivery, { ...tried, turn, nextAttemptAt })
    if (held) await parts.queue.add(transaction, { id: delivery.id, turn }, delivery.webhookId, wait)
    return
  }
  const ended = { state: error === null ? 'delivered' : 'failed', endedAt: now, nextAttemptAt: null } as const
  const held = await settleDelivery(transaction, delivery, { ...tried, ...ended })
  if (held && posted.status === GONE) await disableWebhook(transaction, delivery.webhookId, 'The webhook was disabled')
}

function errorOf(posted: Posted): string | null {
  if (posted.status === null) return posted.error
  const { status } = posted
  if (status >= 200 && status < 300) return null
  if (status === GONE) return 'The receiver answered 410: it wants no more, and the webhook is disabled'
  return `The receiver answered ${status}${status >= 300 && status < 400 ? ': redirects are not followed' : ''}`
}
