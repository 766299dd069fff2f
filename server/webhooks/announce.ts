import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { registry } from '../../operators/registry'
import { webhookBody } from '../api/contracts/webhooks'
import type { OnEnd } from '../tasks/end-task'
import type { DeliveryQueue } from './delivery-queue'
import { addDelivery, enabledWebhooks } from './webhook-store'

/** Writes one delivery for each webhook down, with its first try. */
export const announceTo =
  (queue: DeliveryQueue): OnEnd =>
  async (transaction, task) => {
    const ids = await enabledWebhooks(transaction, task)
    if (ids.length === 0) return
    const body = JSON.stringify(webhookBody(task, registry))
    const nextAttemptAt = sql`now()`
    for (const webhookId of ids) {
      const id = randomUUID()
      await addDelivery(transaction, { id, webhookId, uid: task.uid, body, nextAttemptAt })
      await queue.add(transaction, { id, turn: 0 }, webhookId)
    }
  }
