import { describe, expect, test } from 'vitest'
import { createClient } from '../../client/client'
import { clientOfAnswers } from './support'

const ready = () => Response.json({ status: 'ready', parts: {} })
const busy = (headers: HeadersInit = {}) => Response.json({ detail: 'The queue is full' }, { status: 503, headers })
const now = () => Math.floor(Date.now() / 1000)
const tooMany = (headers: Record<string, string> = {}) =>
  Response.json({ detail: 'Rate limit exceeded. Please try again later.' }, { status: 429, headers })
const limitHeaders = (reset: number) => ({
  ...{ 'X-RateLimit-Limit': '5', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(reset) },
})

describe('a request that is refused for now', () => {
  test.each([
    ['503 with Retry-After', busy({ 'Retry-After': '0' })],
    ['503 without', busy()],
    ['429 with Retry-After', tooMany({ 'Retry-After': '0' })],
    ['429 that says when there is room', tooMany(limitHeaders(now()))],
  ])('is sent again after %s, a POST too', async (_, refusal) => {
    const made = Response.json({ id: 'wh_1', url: 'https://example.org/', created_at: '' }, { status: 201 })
    const { client, sent } = clientOfAnswers([refusal, made])
    expect((await client.webhooks.add({ url: 'https://example.org/' })).id).toBe('wh_1')
    expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST'])
  })

  test('is given up after the number of tries that was set', async () => {
    const { client, sent } = clientOfAnswers([busy(), busy(), ready()], { retry: { tries: 2, firstPauseMs: 0 } })
    await expect(client.ready()).rejects.toMatchObject({
      code: 'unavailable',
      status: 503,
      message: 'The queue is full',
    })
    expect(sent).toHaveLength(2)
  })

  test('is given up at once when the wait would be longer than allowed, with what the key has left', async () => {
    const reset = now() + 7200
    const { client, sent } = clientOfAnswers([tooMany({ ...limitHeaders(reset), 'Retry-After': '7200' }), ready()])
    await expect(client.ready()).rejects.toMatchObject({
      ...{ code: 'rate-limited', retryAfterMs: 7_200_000 },
      limits: { limit: 5, remaining: 0, resetsAt: new Date(reset * 1000) },
    })
    expect(sent).toHaveLength(1)
    expect(client.limits).toMatchObject({ limit: 5, remaining: 0 })
  })

  test('stops waiting when it is aborted', async () => {
    const { client } = clientOfAnswers([busy({ 'Retry-After': '30' }), ready()])
    const waiting = client.tasks.get('x', AbortSignal.timeout(20))
    await expect(waiting).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }))
  })
})

describe('a request without an answer', () => {
  const broken = new TypeError('fetch failed')

  test('is sent again when that does no harm', async () => {
    const { client, sent } = clientOfAnswers([broken, ready()])
    expect((await client.ready()).status).toBe('ready')
    expect(sent).toHaveLength(2)
  })

  test('is not sent again when it might do its work twice', async () => {
    const { client, sent } = clientOfAnswers([broken, ready()])
    await expect(client.webhooks.add({ url: 'https://example.org/' })).rejects.toMatchObject({
      code: 'network',
      cause: broken,
    })
    expect(sent).toHaveLength(1)
  })
})

describe('an error', () => {
  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [413, 'too-large'],
    [500, 'internal'],
  ])('of status %i is %s', async (status, code) => {
    const { client } = clientOfAnswers([Response.json({ detail: 'Because' }, { status })])
    await expect(client.ready()).rejects.toMatchObject({ name: 'DarkroomError', status, code, message: 'Because' })
  })

  test('of a proxy, whose answer is no JSON, still has its status', async () => {
    const page = new Response('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' })
    const { client } = clientOfAnswers([page], { retry: { tries: 1 } })
    await expect(client.ready()).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The server answered 502 Bad Gateway',
    })
  })
})

test('the key is sent to the server, and not to another storage that it leads to', async () => {
  const elsewhere = new Response(null, {
    status: 307,
    headers: { Location: 'https://storage/covered.png?signature=1' },
  })
  const { client, sent } = clientOfAnswers([elsewhere, new Response('picture')], { key: 'secret-key' })
  expect(await (await client.file('/results/1/covered.png')).text()).toBe('picture')
  expect(sent.map(({ url, headers }) => [url, headers.get('X-API-Key')])).toEqual([
    ['http://server/results/1/covered.png', 'secret-key'],
    ['https://storage/covered.png?signature=1', null],
  ])
})

test('an address that nobody listens at is named', async () => {
  const client = createClient({ server: 'http://127.0.0.1:9', retry: { tries: 1 } })
  await expect(client.ready()).rejects.toMatchObject({ code: 'network', message: /http:\/\/127\.0\.0\.1:9/ })
})
