import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { queued, service, UNKNOWN_UID } from './support'

/** Reads one event, or what is left when the stream ends. */
async function* events({ body }: Response) {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body ?? []) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
}

const parsed = (event: string) => {
  const [, name, data] = /event: (\w+)\ndata: (.*)$/.exec(event) ?? []
  return { name, data: JSON.parse(data) }
}

async function watched() {
  const host = service()
  const { uid } = await queued(host)
  const path = `/api/v1/tasks/${uid}/events`
  return { ...host, uid, path, response: await host.app.request(path) }
}

describe('the events of a task', () => {
  test('are the task at once, at each new state, and its progress between, and end with it', async () => {
    const { engine, uid, response } = await watched()
    expect(response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8')
    const stream = events(response)
    const next = async () => parsed((await stream.next()).value ?? '')
    expect(await next()).toMatchObject({ name: 'task', data: { uid, status: 'queued' } })
    engine.start(uid, 0, 4)
    expect(await next()).toMatchObject({ name: 'task', data: { status: 'processing' } })
    engine.start(uid, 3, 4)
    expect(await next()).toEqual({ name: 'progress', data: { done: 3, total: 4 } })
    engine.succeed(uid, { matches_found: 0 })
    expect(await next()).toMatchObject({ name: 'task', data: { status: 'done', result_data: { matches_found: 0 } } })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(engine.listeners).toBe(0)
  })

  test('stop being listened for when the reader leaves', async () => {
    const { engine, response } = await watched()
    const stream = events(response)
    await stream.next()
    expect(engine.listeners).toBe(1)
    await stream.return(undefined)
    await vi.waitFor(() => expect(engine.listeners).toBe(0))
  })

  test('stop being listened for when the connection breaks', async () => {
    const { app, engine, path } = await watched()
    const connection = new AbortController()
    await app.request(path, { signal: connection.signal })
    expect(engine.listeners).toBe(2)
    connection.abort()
    await vi.waitFor(() => expect(engine.listeners).toBe(1))
  })

  test('are over for a listener that comes back after the last', async () => {
    const { app, engine, uid, path, response } = await watched()
    engine.fail(uid, 'internal', 'It broke')
    const [, id] = /^id: (.*)$/m.exec(await response.text()) ?? []
    expect((await app.request(path, { headers: { 'Last-Event-ID': id } })).status).toBe(204)
  })

  test('asked for by HEAD leave no listener', async () => {
    const { app, engine, path } = await watched()
    const response = await app.request(path, { method: 'HEAD' })
    expect(response.headers.get('Content-Type')).toContain('text/event-stream')
    await vi.waitFor(() => expect(engine.listeners).toBe(1))
  })

  test.each([
    [UNKNOWN_UID, 404],
    ['42', 422],
  ])('of uid %s are a %i', async (uid, status) => {
    expect((await service().app.request(`/api/v1/tasks/${uid}/events`)).status).toBe(status)
  })
})

describe('while nothing happens', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('a comment keeps the connection open', async () => {
    const { response } = await watched()
    const stream = events(response)
    await stream.next()
    const comment = stream.next()
    await vi.advanceTimersByTimeAsync(20_000)
    expect((await comment).value).toMatch(/^:/)
  })
})
