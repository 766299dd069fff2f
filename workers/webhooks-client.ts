import * as z from 'zod'
import { DeliveryObject, ListedWebhook, WebhookObject } from '../server/api/contracts/webhooks'
import { askServer } from './ask-server'
import { refuseWhenPrivate } from './private-guard'

export type Webhook = z.infer<typeof ListedWebhook>
export type Delivery = z.infer<typeof DeliveryObject>

const WebhookList = z.array(ListedWebhook)
const DeliveryPage = z.object({ total: z.int(), deliveries: z.array(DeliveryObject) })
export type DeliveryPage = z.infer<typeof DeliveryPage>

const WEBHOOKS = '/api/v1/webhooks'

/**
 * The webhooks of the server; a device has none. Every call throws ToolError: the server's refusal, or `unavailable`
 * where no server answers.
 */
export const webhooksClient = {
  list: async (signal: AbortSignal): Promise<Webhook[]> => WebhookList.parse(await read(WEBHOOKS, { signal })),

  /** @throws ToolError invalid-input with the wrong fields as issues; unavailable in private mode */
  async add(url: string, secret: string | null): Promise<void> {
    const body = JSON.stringify(secret === null ? { url } : { url, secret })
    refuseWhenPrivate(body)
    const headers = { 'Content-Type': 'application/json' }
    WebhookObject.parse(await read(WEBHOOKS, { method: 'POST', headers, body }))
  },

  async remove(id: string): Promise<void> {
    await request(`${WEBHOOKS}/${id}`, { method: 'DELETE' })
  },

  /** The newest `limit` deliveries, and how many there are in all. */
  deliveries: async (id: string, limit: number, signal: AbortSignal): Promise<DeliveryPage> =>
    DeliveryPage.parse(await read(`${WEBHOOKS}/${id}/deliveries?limit=${limit}`, { signal })),

  /** Sends again what a delivery had, at once. */
  async replay(id: string, delivery: string): Promise<void> {
    await request(`${WEBHOOKS}/${id}/deliveries/${delivery}/replay`, { method: 'POST' })
  },
}

const read = async (path: string, init: RequestInit): Promise<unknown> => (await request(path, init)).json()

const request = (path: string, init: RequestInit): Promise<Response> =>
  askServer(path, 'Webhooks need the server, which does not answer', init)
