import type { z } from 'zod'
import type { NewWebhook } from '../server/api/contracts/new-webhook'
import type { DeliveryObject, DeliveryPage, WebhookList, WebhookObject } from '../server/api/contracts/webhooks'
import type { Connection } from './connection'
import type { PageOptions } from './tasks'

/** Addresses that are told when a task ends. */
export class Webhooks {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  add(webhook: z.input<typeof NewWebhook>): Promise<z.output<typeof WebhookObject>> {
    return this.#connection.json('api/v1/webhooks', { method: 'POST', json: webhook })
  }

  list(): Promise<z.output<typeof WebhookList>> {
    return this.#connection.json('api/v1/webhooks')
  }

  async remove(id: string): Promise<void> {
    await this.#connection.response(pathOf(id), { method: 'DELETE' })
  }

  /** What was or is to be sent, newest first. */
  deliveries(id: string, { offset, limit }: PageOptions = {}): Promise<z.output<typeof DeliveryPage>> {
    return this.#connection.json(`${pathOf(id)}/deliveries`, { query: { offset, limit } })
  }

  /** Sends one again, at once. */
  replay(id: string, deliveryId: string): Promise<z.output<typeof DeliveryObject>> {
    return this.#connection.json(`${pathOf(id)}/deliveries/${encodeURIComponent(deliveryId)}/replay`, {
      method: 'POST',
    })
  }
}

const pathOf = (id: string): string => `api/v1/webhooks/${encodeURIComponent(id)}`
