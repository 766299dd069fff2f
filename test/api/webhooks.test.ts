import { describe, expect, test } from 'vitest'
import { registry } from '../../operators/registry'
import { DeliveryObject, ListedWebhook, WebhookBody, webhookBody } from '../../server/api/contracts/webhooks'
import type { Delivery } from '../../server/api/engine'
import { TaskId } from '../../server/api/task'
import { queued, service, UNKNOWN_UID } from './support'

const WEBHOOKS = '/api/v1/webhooks'
const URL = 'https://receiver.test/hook'

function webhooks() {
  const host = service()
  const request = (method: string, path = '', body?: unknown) =>
    host.app.request(`${WEBHOOKS}${path}`, {
      method,
      ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    })
  const register = async (body: object = { url: URL }) => (await request('POST', '', body)).json()
  const list = async () => (await request('GET')).json()
  return { ...host, request, register, list }
}

const delivery = (over: Partial<Delivery> = {}): Delivery => ({
  id: crypto.randomUUID(),
  uid: UNKNOWN_UID,
  task: { tool: 'template', status: 'done' },
  state: 'failed',
  attempts: 3,
  responseCode: 500,
  error: 'The receiver answered 500',
  createdAt: new Date('2026-03-25T12:00:00Z'),
  attemptedAt: new Date('2026-03-25T12:10:00Z'),
  nextAttemptAt: null,
  ...over,
})

describe('registering a webhook', () => {
  test('answers its id, address and time, and never its secret', async () => {
    const { request, engine, list } = webhooks()
    const response = await request('POST', '', { url: URL, secret: 'our secret' })
    expect(response.status).toBe(201)
    const webhook = await response.json()
    expect(webhook).toEqual({ id: expect.stringMatching(/^wh_/), url: URL, created_at: expect.any(String) })
    expect(response.headers.get('Location')).toBe(`${WEBHOOKS}/${webhook.id}`)
    expect(engine.webhooks.secrets.get(webhook.id)).toBe('our secret')
    expect(JSON.stringify(await list())).not.toContain('secret')
  })

  test.each([[{ url: URL }], [{ url: URL, secret: null }]])('needs no secret: %j', async (body) => {
    const { engine, register } = webhooks()
    const { id } = await register(body)
    expect(engine.webhooks.secrets.get(id)).toBeNull()
  })

  test.each(['http://127.0.0.1:9000/', 'https://receiver.test:8443/a?b=c', `whsec_${btoa('key')}`])(
    'takes %s',
    async (text) => {
      const body = text.startsWith('whsec_') ? { url: URL, secret: text } : { url: text }
      expect((await webhooks().request('POST', '', body)).status).toBe(201)
    },
  )

  test('lists webhooks in the order they were registered', async () => {
    const { register, list, engine } = webhooks()
    const ids = [(await register()).id, (await register()).id]
    engine.webhooks.disable(ids[1])
    const listed = await list()
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(ids)
    expect(listed.map((one: unknown) => ListedWebhook.strict().parse(one).disabled_at === null)).toEqual([true, false])
  })
})

describe('an address that is refused', () => {
  test.each([
    ['file:///etc/passwd', /scheme should be 'http' or 'https'/],
    ['ftp://receiver.test/', /scheme/],
    ['javascript:alert(1)', /scheme/],
    ['https://user:password@receiver.test/', /user name or password/],
    ['https://user@receiver.test/', /user name or password/],
    ['receiver.test/hook', /whole URL/],
    ['/hook', /whole URL/],
    ['https://receiver.test/a\u0000b', /whole URL/],
    [' https://receiver.test/', /whole URL/],
    ['', /whole URL/],
    [`https://receiver.test/${'x'.repeat(3000)}`, /at most 2048 characters/],
    ['http://intranet.test/', /leads to 10\.0\.0\.1/],
  ])('%s', async (url, msg) => {
    const { request, list } = webhooks()
    const response = await request('POST', '', { url })
    expect(response.status).toBe(422)
    const { detail } = await response.json()
    expect(detail).toMatchObject([{ loc: ['body', 'url'], msg: expect.stringMatching(msg) }])
    expect(await list()).toEqual([])
  })

  test.each([
    [{}, 'url', 'missing'],
    [{ url: 7 }, 'url', 'string_type'],
    [{ url: URL, secret: '' }, 'secret', 'string_too_short'],
    [{ url: URL, secret: 'x'.repeat(300) }, 'secret', 'string_too_long'],
    [{ url: URL, secret: 'whsec_no base64' }, 'secret', 'value_error'],
    [{ url: URL, events: ['done'] }, 'events', 'extra_forbidden'],
  ])('or a body that is wrong: %j', async (body, field, type) => {
    const response = await webhooks().request('POST', '', body)
    expect(response.status).toBe(422)
    expect((await response.json()).detail).toMatchObject([{ loc: ['body', field], type }])
  })
})

describe('deleting a webhook', () => {
  test('is a 204, and a 404 the second time', async () => {
    const { request, register, list } = webhooks()
    const { id } = await register()
    const response = await request('DELETE', `/${id}`)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(await list()).toEqual([])
    const again = await request('DELETE', `/${id}`)
    expect([again.status, await again.json()]).toEqual([404, { detail: 'Webhook not found' }])
  })
})

describe('the log of a webhook', () => {
  test('tells of each delivery what became of it, newest first, a page at a time', async () => {
    const { engine, request, register } = webhooks()
    const { id } = await register()
    for (const uid of ['1', '2', '3']) engine.webhooks.write(id, delivery({ uid: UNKNOWN_UID.replace(/.$/, uid) }))
    const page = await (await request('GET', `/${id}/deliveries?offset=1&limit=1`)).json()
    expect(page).toMatchObject({ total: 3, deliveries: [{ uid: UNKNOWN_UID.replace(/.$/, '2') }] })
    expect(DeliveryObject.strict().parse(page.deliveries[0])).toMatchObject({
      tool: 'template',
      task_status: 'done',
      status: 'failed',
      attempts: 3,
      response_code: 500,
      error: 'The receiver answered 500',
      created_at: '2026-03-25T12:00:00.000+00:00',
      last_attempt_at: '2026-03-25T12:10:00.000+00:00',
      next_attempt_at: null,
    })
  })

  test('of one that there is not is a 404, and a wrong page a 422', async () => {
    const { request, register } = webhooks()
    expect((await request('GET', '/wh_none/deliveries')).status).toBe(404)
    const { id } = await register()
    expect((await request('GET', `/${id}/deliveries?limit=201`)).status).toBe(422)
  })
})

describe('replaying a delivery', () => {
  test('answers it as pending', async () => {
    const { engine, request, register } = webhooks()
    const { id } = await register()
    const sent = delivery()
    engine.webhooks.write(id, sent)
    const response = await request('POST', `/${id}/deliveries/${sent.id}/replay`)
    expect(response.status).toBe(202)
    expect(await response.json()).toMatchObject({ id: sent.id, status: 'pending' })
  })

  test('is refused for a disabled webhook, and for what there is not', async () => {
    const { engine, request, register } = webhooks()
    const { id } = await register()
    const sent = delivery()
    engine.webhooks.write(id, sent)
    expect((await request('POST', `/${id}/deliveries/${UNKNOWN_UID}/replay`)).status).toBe(404)
    expect((await request('POST', `/wh_none/deliveries/${sent.id}/replay`)).status).toBe(404)
    expect((await request('POST', `/${id}/deliveries/7/replay`)).status).toBe(422)
    engine.webhooks.disable(id)
    expect((await request('POST', `/${id}/deliveries/${sent.id}/replay`)).status).toBe(409)
  })
})

describe('what is sent', () => {
  test('has the fields of the contract and no other, as the task answers them', async () => {
    const host = service()
    const { uid } = await queued(host)
    const data = { matches_found: 1 }
    const ended = host.engine.succeed(uid, data, [new File(['…'], 'matches.png')])
    expect(WebhookBody.strict().parse(webhookBody(ended, registry))).toEqual({
      uid,
      status: 'done',
      tool: 'template',
      result_files: [`results/${uid}/matches.png`],
      result_data: data,
    })
  })

  test('calls a canceled task an error', async () => {
    const host = service()
    const { uid } = await queued(host)
    const canceled = await host.engine.cancel(TaskId.parse(uid))
    if (!canceled) throw new Error('no task')
    expect(webhookBody(canceled, registry)).toMatchObject({ status: 'error', result_data: {}, result_files: [] })
  })

  test('is in the OpenAPI document', async () => {
    const { webhooks: documented } = await (await service().app.request('/openapi.json')).json()
    const { schema } = documented.taskEnded.post.requestBody.content['application/json']
    expect(schema).toEqual({ $ref: '#/components/schemas/WebhookBody' })
  })
})
