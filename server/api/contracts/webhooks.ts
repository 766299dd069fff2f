import * as z from 'zod'
import type { Tool } from '../../../operators/registry'
import type { Delivery, Webhook } from '../engine'
import type { Task } from '../task'
import { TaskObject, time, toTaskObject, utc } from './matching'

/** What a POST of a webhook answers. */
export const WebhookObject = z
  .object({
    id: z.string().meta({ examples: ['wh_5f3a9c0d1e2b4f6a7c8d9e0f'] }),
    url: z.string(),
    created_at: time('When it was registered, UTC'),
  })
  .meta({ title: 'Webhook' })

/** A webhook in the list. */
export const ListedWebhook = WebhookObject.extend({
  disabled_at: time('When the receiver answered 410 and was told no more; else null').nullable(),
}).meta({ title: 'Webhook in the list' })

export const WebhookList = z.array(ListedWebhook).meta({ title: 'Webhooks' })

/** One task's delivery to one webhook. */
export const DeliveryObject = z
  .object({
    id: z.guid().meta({ description: 'The `webhook-id` header of every try' }),
    uid: z.guid().meta({ description: 'The task' }),
    tool: z.string().meta({ description: 'The tool’s word, such as `template`' }),
    task_status: z.enum(['done', 'error']).meta({ description: 'How the task ended; `status` is about the delivery' }),
    status: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.int().min(0).meta({ description: 'Tries so far' }),
    response_code: z.int().nullable().meta({ description: 'Status of the latest answer; null where none came' }),
    error: z.string().nullable().meta({ description: 'Why the latest try failed' }),
    created_at: time('When the task ended, UTC'),
    last_attempt_at: time('When the latest try ended, UTC').nullable(),
    next_attempt_at: time('When it is tried next, UTC; null unless `pending`').nullable(),
  })
  .meta({ title: 'Delivery' })

export const DeliveryPage = z
  .object({
    total: z.int().min(0).meta({ description: 'Deliveries in all' }),
    deliveries: z.array(DeliveryObject),
  })
  .meta({ title: 'Page of deliveries' })

/** What a webhook is sent, from the task as `/api/v1/tasks/{uid}` answers it. */
const { uid, status, tool, result_files, result_data } = TaskObject.shape
export const WebhookBody = z.object({ uid, status, tool, result_files, result_data }).meta({ title: 'What is sent' })

export function webhookBody(task: Task, tools: readonly Tool[]): z.infer<typeof WebhookBody> {
  const { uid, status, tool, result_files, result_data } = toTaskObject(task, tools)
  return { uid, status, tool, result_files, result_data }
}

export const toWebhookObject = ({ id, url, createdAt }: Webhook): z.infer<typeof WebhookObject> => ({
  id,
  url,
  created_at: utc(createdAt),
})

export const toListedWebhook = (webhook: Webhook): z.infer<typeof ListedWebhook> => ({
  ...toWebhookObject(webhook),
  disabled_at: utcOrNull(webhook.disabledAt),
})

export const toDeliveryObject = (delivery: Delivery): z.infer<typeof DeliveryObject> => ({
  id: delivery.id,
  uid: delivery.uid,
  tool: delivery.task.tool,
  task_status: delivery.task.status,
  status: delivery.state,
  attempts: delivery.attempts,
  response_code: delivery.responseCode,
  error: delivery.error,
  created_at: utc(delivery.createdAt),
  last_attempt_at: utcOrNull(delivery.attemptedAt),
  next_attempt_at: utcOrNull(delivery.nextAttemptAt),
})

const utcOrNull = (time: Date | null): string | null => time && utc(time)
