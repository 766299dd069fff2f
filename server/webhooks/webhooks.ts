import * as z from 'zod'
import { ToolError } from '../../core/errors'
import { WebhookBody } from '../api/contracts/webhooks'
import type { Delivery, Webhook, Webhooks } from '../api/engine'
import type { Sql } from '../db/database'
import type { DeliveryRow, WebhookRow } from '../db/schema'
import type { DeliveryQueue } from './delivery-queue'
import type { Guard } from './guard'
import { refuseBlocked } from './refuse-blocked'
import type { SecretBox } from './secrets'
import { isWebhookId, newWebhookId } from './webhook-id'
import {
  addWebhook,
  countWebhooks,
  findWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  restartDelivery,
} from './webhook-store'

interface WebhookParts {
  readonly sql: Sql
  readonly queue: DeliveryQueue
  readonly secrets: SecretBox
  readonly guard: Guard
}

const MOST_WEBHOOKS = 100 // each adds a row and a request to every task

/** Registered receivers and their deliveries, in the database. */
export function createWebhooks({ sql, queue, secrets, guard }: WebhookParts): Webhooks {
  return {
    async add(url, secret, owner = null) {
      await refuseBlocked(guard, url, 'url')
      if ((await countWebhooks(sql)) >= MOST_WEBHOOKS) throw tooMany()
      const id = newWebhookId()
      return toWebhook(await addWebhook(sql, { id, url, secret: secret === null ? null : secrets.seal(secret), owner }))
    },
    list: async (owner = null) => (await listWebhooks(sql, owner)).map(toWebhook),
    remove: async (id) => isWebhookId(id) && removeWebhook(sql, id),
    async deliveries(id, page) {
      if (!isWebhookId(id) || !(await findWebhook(sql, id))) return undefined
      const { total, rows } = await listDeliveries(sql, id, page)
      return { total, deliveries: rows.map(toDelivery) }
    },
    replay: (id, delivery) =>
      sql.transaction(async (transaction) => {
        const webhook = isWebhookId(id) ? await findWebhook(transaction, id) : undefined
        const row = webhook && (await restartDelivery(transaction, id, delivery))
        if (!row) return undefined
        if (webhook.disabledAt) throw disabled()
        await queue.add(transaction, row, id)
        return toDelivery(row)
      }),
  }
}

const tooMany = () => new ToolError('conflict', `There are ${MOST_WEBHOOKS} webhooks already; delete one first`)
const disabled = () =>
  new ToolError(
    'conflict',
    'The receiver answered 410, so the webhook is disabled; delete it and register the address again',
  )

const toWebhook = ({ secret: _, owner: __, ...webhook }: WebhookRow): Webhook => webhook

const Told = WebhookBody.pick({ tool: true }).extend({ status: z.enum(['done', 'error']) })

/** What a body tells of its task. */
const taskIn = (body: string): Delivery['task'] => Told.parse(JSON.parse(body))

const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  uid: row.uid,
  task: taskIn(row.body),
  state: row.state,
  attempts: row.attempts,
  responseCode: row.responseCode,
  error: row.error,
  createdAt: row.createdAt,
  attemptedAt: row.attemptedAt,
  nextAttemptAt: row.nextAttemptAt,
})
