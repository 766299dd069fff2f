import type { Callback } from '../api/engine'
import type { Sql } from '../db/database'
import type { Guard } from './guard'
import { refuseBlocked } from './refuse-blocked'
import type { SecretBox } from './secrets'
import { newWebhookId } from './webhook-id'
import { addWebhook } from './webhook-store'

/** Receivers that are told of one task, by the same deliveries, tries and signatures as those that are registered. */
export interface Callbacks {
  /** @throws ToolError invalid-input when the address must not be reached */
  check(callback: Callback): Promise<void>
  /** In the transaction that adds the task: both are there, or neither. */
  add(transaction: Sql, uid: string, callback: Callback): Promise<void>
}

export const createCallbacks = ({ guard, secrets }: { guard: Guard; secrets: SecretBox }): Callbacks => ({
  check: ({ url }) => refuseBlocked(guard, url, 'callback_url'),
  async add(transaction, taskUid, { url, secret }) {
    const sealed = secret === null ? null : secrets.seal(secret)
    await addWebhook(transaction, { id: newWebhookId(), url, secret: sealed, taskUid })
  },
})
