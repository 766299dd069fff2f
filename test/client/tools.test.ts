import { describe, expect, expectTypeOf, test } from 'vitest'
import type { DarkroomError, DoneTask, Progress, ToolFiles, ToolParams } from '../../client/client'
import type { MemoryEngine } from '../api/memory-engine'
import { png } from '../api/support'
import { clientOfApp } from './support'

const files = { image: png('screenshot.png'), template: png('icon.png') }
const MATCHES = { matches_found: 1, matches: [{ x: 1, y: 2, w: 3, h: 4, score: 0.9 }] }

/** Plays the worker: answers the newest task once it is there. */
async function whenQueued(engine: MemoryEngine, play: (uid: string) => void): Promise<void> {
  for (;;) {
    const { tasks } = await engine.list({ offset: 0, limit: 1 })
    if (tasks.length > 0) return play(tasks[0].uid)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

describe.each(['events', 'polling'] as const)('a run that is followed by %s', (follow) => {
  test('tells how far the task is, and answers it with what the tool found', async () => {
    const { client, engine } = clientOfApp()
    let half = () => {}
    const isHalf = new Promise<void>((resolve) => {
      half = resolve
    })
    const worker = whenQueued(engine, async (uid) => {
      engine.start(uid, 0, 10)
      engine.start(uid, 5, 10)
      await isHalf
      engine.succeed(uid, MATCHES, [new File(['matches'], 'matches.png', { type: 'image/png' })])
    })
    const onProgress = ({ done, total }: Progress) => {
      if (done / total === 0.5) half()
    }
    const task = await client.tools.run('template', files, { threshold: 0.9 }, { follow, onProgress })
    await worker
    expect(task).toMatchObject({ status: 'done', tool: 'template', params: { threshold: 0.9 }, result_data: MATCHES })
    expect(await (await client.file(task.result_files[0])).text()).toBe('matches')
  })

  test('throws what the task failed of', async () => {
    const { client, engine } = clientOfApp()
    const worker = whenQueued(engine, (uid) => engine.fail(uid, 'unreadable', 'The picture is cut short'))
    await expect(client.tools.run('template', files, {}, { follow })).rejects.toMatchObject({
      ...{ name: 'DarkroomError', code: 'failed', reason: 'unreadable', message: 'The picture is cut short' },
    })
    await worker
  })

  test('cancels the task on the server when it is aborted, and throws the reason of the signal', async () => {
    const { client, engine } = clientOfApp()
    const abort = new AbortController()
    const worker = whenQueued(engine, () => abort.abort(new Error('no longer wanted')))
    await expect(client.tools.run('template', files, {}, { follow, signal: abort.signal })).rejects.toThrow(
      'no longer wanted',
    )
    await worker
    expect((await engine.list({ offset: 0, limit: 1 })).tasks[0].state).toBe('canceled')
  })

  test('ends after its time with an error, and leaves the task to go on', async () => {
    const { client, engine } = clientOfApp()
    const { uid } = await client.tools.submit('template', files)
    await expect(client.tasks.wait(uid, { follow, timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' })
    expect((await engine.list({ offset: 0, limit: 1 })).tasks[0].state).toBe('queued')
  })
})

test('a task is asked for when its events break off', async () => {
  const { app, engine } = clientOfApp()
  const { client } = clientOfApp({
    fetch: async (url, init) => {
      const response = await app.request(url, init)
      if (!url.endsWith('/events')) return response
      await response.body?.cancel()
      return new Response('event: task\ndata: {"sta', { headers: { 'Content-Type': 'text/event-stream' } })
    },
  })
  const worker = whenQueued(engine, (uid) => engine.succeed(uid, MATCHES))
  expect((await client.tools.run('template', files)).result_data).toEqual(MATCHES)
  await worker
})

test('events end with their time, whether or not the fetch that was given heeds an abort', async () => {
  const { app } = clientOfApp()
  const { client } = clientOfApp({ fetch: (url, { signal: _, ...init }) => app.request(url, init) })
  const { uid } = await client.tools.submit('template', files)
  await expect(client.tasks.wait(uid, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' })
})

test('an error of a request names every wrong field', async () => {
  const { client } = clientOfApp()
  const refused = await client.tools.submit('template', files, { threshold: 7, limit: -1 }).catch((error) => error)
  expect(refused).toMatchObject({ code: 'invalid-input', status: 422 })
  expect((refused as DarkroomError).issues.map(({ loc }) => loc)).toEqual([
    ['body', 'threshold'],
    ['body', 'limit'],
  ])
  expect(refused.message).toContain('threshold: Input should be less than or equal to 1.0')
})

test('lists and objects reach the tool as they were given', async () => {
  const { client } = clientOfApp()
  const steps = [{ tool: 'template' as const, params: { threshold: 0.7 } }]
  const task = await client.tools.submit('chain', files, { steps })
  expect(task.params).toMatchObject({ steps: [{ tool: 'template', params: { threshold: 0.7 } }] })
})

test('a second run does not ask again what tools there are', async () => {
  const { app } = clientOfApp()
  const asked: string[] = []
  const { client } = clientOfApp({
    fetch: (url, init) => {
      asked.push(url)
      return app.request(url, init)
    },
  })
  await client.tools.submit('template', files)
  await client.tools.submit('template', files)
  expect(asked).toEqual(['/api/v1/tools', '/api/v1/match/template', '/api/v1/match/template'])
})

test('files, parameters and results have the types of the tool', () => {
  expectTypeOf<ToolFiles<'template'>>().toHaveProperty('template')
  expectTypeOf<ToolParams<'template'>['threshold']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<DoneTask<'plates'>['result_data']['plates_found']>().toEqualTypeOf<number>()
  expectTypeOf<undefined>().toExtend<ToolFiles<'inpaint'>['mask']>()
  // @ts-expect-error: a mask without its picture
  ;((): ToolFiles<'inpaint'> => ({ mask: png() }))()
})
