import { fieldError, ToolError } from '../../core/errors'
import type { Delivery, Page, Webhook, Webhooks } from '../../server/api/engine'

/** Webhooks in memory, that are never told: a test writes their log. */
export class MemoryWebhooks implements Webhooks {
  readonly #webhooks = new Map<string, Webhook>()
  readonly #deliveries = new Map<string, Delivery[]>()
  /** By webhook. */
  readonly secrets = new Map<string, string | null>()
  /** A host whose addresses are refused, as a guard would. */
  readonly blockedHost = 'intranet.test'

  async add(url: string, secret: string | null) {
    if (new URL(url).hostname === this.blockedHost) throw fieldError('invalid-input', 'url', 'It leads to 10.0.0.1')
    const webhook: Webhook = { id: `wh_${crypto.randomUUID()}`, url, createdAt: new Date(), disabledAt: null }
    this.#webhooks.set(webhook.id, webhook)
    this.secrets.set(webhook.id, secret)
    return webhook
  }

  async list() {
    return [...this.#webhooks.values()]
  }

  async remove(id: string) {
    return this.#webhooks.delete(id)
  }

  disable(id: string) {
    const webhook = this.#webhooks.get(id)
    if (webhook) this.#webhooks.set(id, { ...webhook, disabledAt: new Date() })
  }

  write(id: string, delivery: Delivery) {
    this.#deliveries.set(id, [delivery, ...(this.#deliveries.get(id) ?? [])])
  }

  async deliveries(id: string, { offset, limit }: Page) {
    if (!this.#webhooks.has(id)) return undefined
    const all = this.#deliveries.get(id) ?? []
    return { total: all.length, deliveries: all.slice(offset, offset + limit) }
  }

  async replay(id: string, delivery: string): Promise<Delivery | undefined> {
    const found = this.#deliveries.get(id)?.find((one) => one.id === delivery)
    if (found && this.#webhooks.get(id)?.disabledAt) throw new ToolError('conflict', 'The webhook is disabled')
    return found && { ...found, state: 'pending', nextAttemptAt: new Date() }
  }
}
