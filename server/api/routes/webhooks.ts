import type { Context } from 'hono'
import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import { ownerOf } from '../access/caller'
import { NewWebhook } from '../contracts/new-webhook'
import {
  DeliveryObject,
  DeliveryPage,
  toDeliveryObject,
  toListedWebhook,
  toWebhookObject,
  WebhookList,
  WebhookObject,
} from '../contracts/webhooks'
import type { Engine } from '../engine'
import { jsonBody, readJson } from '../json-body'
import { defineRoute, type Route } from '../route'
import { Page } from './tasks'

const OneWebhook = z.object({ id: z.string().meta({ description: 'As the POST answered it' }) })
const OneDelivery = OneWebhook.extend({ delivery: z.guid().meta({ description: 'As the log lists it' }) })

const notFound = (what: string) => new ToolError('not-found', `${what} not found`)

/** @throws ToolError not-found, as for one that does not exist, when the webhook is another key's */
async function refuseOthers(c: Context, engine: Engine, id: string): Promise<void> {
  const own = await engine.webhooks.list(ownerOf(c))
  if (!own.some((webhook) => webhook.id === id)) throw notFound('Webhook')
}

export const webhookRoutes = (engine: Engine): readonly Route[] => [
  add(engine),
  list(engine),
  remove(engine),
  log(engine),
  replay(engine),
]

const SENT = `When a task ends, each registered address gets a POST with a \`WebhookBody\`; a canceled task has the status \`error\`.

With a secret it is signed twice: \`X-Webhook-Signature\` is \`sha256=\` and the hex HMAC-SHA256 of the body; \`webhook-signature\` with \`webhook-id\` and \`webhook-timestamp\` is as Standard Webhooks has it, its key what \`whsec_\` encodes or else the bytes of the secret. \`webhook-id\` is the same for every try.

Any 2xx within 15 seconds is a delivery. Redirects are not followed. After anything else it is tried again after 5 s, 30 s, 2 min, 10 min, 1 h, 3 h, 6 h, 12 h and 24 h, each up to a fifth longer by chance; 410 disables the webhook.`

function add(engine: Engine): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/webhooks',
    operation: {
      id: 'addWebhook',
      tag: 'Webhooks',
      summary: 'Register a webhook',
      description: SENT,
      body: jsonBody({ $ref: '#/components/schemas/NewWebhook' }),
      answers: { 201: { description: 'The webhook', schema: WebhookObject } },
      refusals: [409, 413, 422, 503],
      shell: `curl -H 'Content-Type: application/json' -d '{"url": "https://example.org/hook", "secret": "…"}' $HOST/api/v1/webhooks`,
    },
    handle: async (c) => {
      const { url, secret } = await readJson(c, NewWebhook)
      const webhook = await engine.webhooks.add(url, secret ?? null, ownerOf(c))
      return c.json(toWebhookObject(webhook), 201, { Location: `/api/v1/webhooks/${webhook.id}` })
    },
  })
}

function list(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/webhooks',
    operation: {
      id: 'listWebhooks',
      tag: 'Webhooks',
      summary: 'List the webhooks',
      description: 'Oldest first, without their secrets.',
      answers: { 200: { description: 'All webhooks', schema: WebhookList } },
      refusals: [503],
      shell: 'curl $HOST/api/v1/webhooks',
    },
    handle: async (c) => c.json((await engine.webhooks.list(ownerOf(c))).map(toListedWebhook)),
  })
}

function remove(engine: Engine): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/v1/webhooks/{id}',
    params: OneWebhook,
    operation: {
      id: 'deleteWebhook',
      tag: 'Webhooks',
      summary: 'Delete a webhook',
      description: 'With its log; what was still to be sent is not.',
      answers: { 204: { description: 'It is gone' } },
      refusals: [404, 503],
      shell: 'curl -X DELETE $HOST/api/v1/webhooks/$ID',
    },
    handle: async (c, { params: { id } }) => {
      await refuseOthers(c, engine, id)
      if (!(await engine.webhooks.remove(id))) throw notFound('Webhook')
      return c.body(null, 204)
    },
  })
}

function log(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/webhooks/{id}/deliveries',
    params: OneWebhook,
    query: Page,
    operation: {
      id: 'listDeliveries',
      tag: 'Webhooks',
      summary: 'Read the log of a webhook',
      description: 'What was or is to be sent, newest first. Ended deliveries are kept as long as ended tasks.',
      answers: { 200: { description: 'A page of deliveries', schema: DeliveryPage } },
      refusals: [404, 503],
      shell: 'curl "$HOST/api/v1/webhooks/$ID/deliveries?offset=0&limit=50"',
    },
    handle: async (c, { params: { id }, query }) => {
      await refuseOthers(c, engine, id)
      const page = await engine.webhooks.deliveries(id, query)
      if (!page) throw notFound('Webhook')
      return c.json({ total: page.total, deliveries: page.deliveries.map(toDeliveryObject) })
    },
  })
}

function replay(engine: Engine): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/webhooks/{id}/deliveries/{delivery}/replay',
    params: OneDelivery,
    operation: {
      id: 'replayDelivery',
      tag: 'Webhooks',
      summary: 'Send a delivery again',
      description: 'At once, whatever became of it, with the same `webhook-id` and body; retries begin anew.',
      answers: { 202: { description: 'The delivery, pending', schema: DeliveryObject } },
      refusals: [404, 409, 503],
      shell: 'curl -X POST $HOST/api/v1/webhooks/$ID/deliveries/$DELIVERY/replay',
    },
    handle: async (c, { params }) => {
      await refuseOthers(c, engine, params.id)
      const delivery = await engine.webhooks.replay(params.id, params.delivery)
      if (!delivery) throw notFound('Delivery')
      return c.json(toDeliveryObject(delivery), 202)
    },
  })
}
