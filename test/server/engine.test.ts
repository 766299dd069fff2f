import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task, TaskId } from '../../server/api/task'
import { openServices, type Services } from '../../server/services'
import { onEachDatabase } from './databases'
import { endOf, FAKE_CHILD, filesIn, silent, startServices, statesOf, submit, testConfig } from './support'

onEachDatabase('tasks', ({ create }) => {
  let shared: Services
  let folder: string
  beforeAll(async () => {
    const env = await create()
    folder = env.DATA_DIR
    shared = await openServices(testConfig(env), silent, FAKE_CHILD)
  })
  afterAll(() => shared.close())

  test('a task is queued, runs and succeeds; its result keeps the order of keys', async () => {
    const { engine } = shared
    const task = await submit(engine, { behave: 'succeed' })
    expect(task).toMatchObject({ state: 'queued', attempts: 0, tool: 'match-template', params: { behave: 'succeed' } })
    const ended = await endOf(engine, task)
    expect(ended).toMatchObject({ state: 'succeeded', attempts: 1, ran: { place: 'server', backend: 'fake' } })
    expect(Object.keys(ended.state === 'succeeded' ? ended.data : {})).toEqual(['pid', 'b', 'a'])
    expect(await engine.find(task.uid)).toEqual(ended)
  })

  test('whoever watches sees every state, the last one last', async () => {
    const { engine } = shared
    const seen = await statesOf(engine, await submit(engine, { behave: 'succeed' }))
    const states = [...new Set(seen.map(({ state }) => state))]
    expect(states.at(-1)).toBe('succeeded')
    expect(['queued', 'running', 'succeeded']).toEqual(expect.arrayContaining(states))
  })

  test('an ended task is watched once, and an unknown one not at all', async () => {
    const { engine } = shared
    const task = await submit(engine, { behave: 'succeed' })
    await endOf(engine, task)
    expect(await statesOf(engine, task)).toHaveLength(1)
    expect(await engine.watch(randomUUID() as TaskId, AbortSignal.timeout(1000))).toBeUndefined()
  })

  test('what the tool refuses ends the task at the first attempt, with its sentence', async () => {
    const { engine } = shared
    const ended = await endOf(engine, await submit(engine, { behave: 'fail' }))
    expect(ended).toMatchObject({
      state: 'failed',
      code: 'invalid-input',
      message: 'The template is larger',
      attempts: 1,
    })
  })

  test('a file that cannot be read is refused before there is a task, and leaves nothing behind', async () => {
    const { engine } = shared
    const before = { list: await engine.list({ offset: 0, limit: 1 }), files: await filesIn(join(folder, 'files')) }
    await expect(submit(engine, { behave: 'refuse' })).rejects.toMatchObject({ code: 'unreadable' })
    expect(await engine.list({ offset: 0, limit: 1 })).toEqual(before.list)
    expect(await filesIn(join(folder, 'files'))).toEqual(before.files)
  })

  test('a request whose inspecting process dies is answered by another one', async () => {
    const { engine } = shared
    const task = await submit(engine, { behave: 'die at first sight', marker: join(folder, 'seen') })
    expect(await endOf(engine, task)).toMatchObject({ state: 'succeeded' })
  })

  test('a task whose process dies is run again', async () => {
    const { engine } = shared
    const ended = await endOf(engine, await submit(engine, { behave: 'die once', marker: join(folder, 'died') }))
    expect(ended).toMatchObject({ state: 'succeeded', attempts: 2 })
  })

  test('a task whose process dies each time fails after three attempts, with a sentence', async () => {
    const { engine } = shared
    const ended = await endOf(engine, await submit(engine, { behave: 'die' }))
    expect(ended).toMatchObject({ state: 'failed', attempts: 3, message: expect.stringContaining('3 times') })
  })

  test.each(['go on until canceled', 'hang'])(
    'a running task that would %s is canceled, and the next one runs',
    async (behave) => {
      const { engine } = shared
      const task = await submit(engine, { behave })
      for await (const { state } of (await engine.watch(task.uid, AbortSignal.timeout(10_000))) ?? []) {
        if (state === 'running') break
      }
      expect(await engine.cancel(task.uid)).toMatchObject({ state: 'canceled' })
      expect(await endOf(engine, await submit(engine, { behave: 'succeed' }))).toMatchObject({ state: 'succeeded' })
      expect(await engine.find(task.uid)).toMatchObject({ state: 'canceled' })
    },
  )

  test('a waiting task is canceled and never begun', async () => {
    const { engine } = shared
    const busy = await submit(engine, { behave: 'go on until canceled' })
    const waiting = await submit(engine, { behave: 'succeed' })
    expect(await engine.cancel(waiting.uid)).toMatchObject({ state: 'canceled', attempts: 0, tookMs: 0 })
    await engine.cancel(busy.uid)
    await endOf(engine, await submit(engine, { behave: 'succeed' }))
    expect(await engine.find(waiting.uid)).toMatchObject({ state: 'canceled', attempts: 0 })
  })

  test('an ended task cannot be canceled, and one that is not there is not found', async () => {
    const { engine } = shared
    const task = await submit(engine, { behave: 'succeed' })
    await endOf(engine, task)
    await expect(engine.cancel(task.uid)).rejects.toMatchObject({ code: 'conflict' })
    expect(await engine.cancel(randomUUID() as TaskId)).toBeUndefined()
  })

  test('a full queue refuses the next task as busy, and keeps none of its files', async () => {
    const env = { ...(await create()), QUEUE_LIMIT: '1' }
    const { engine } = await startServices(env, FAKE_CHILD)
    const files = () => filesIn(join(env.DATA_DIR, 'files'))
    const running = await submit(engine, { behave: 'go on until canceled' })
    for await (const { state } of (await engine.watch(running.uid, AbortSignal.timeout(10_000))) ?? []) {
      if (state === 'running') break
    }
    await submit(engine, { behave: 'succeed' })
    const before = await files()
    await expect(submit(engine, { behave: 'succeed' })).rejects.toMatchObject({ code: 'busy' })
    expect(await files()).toEqual(before)
    await engine.cancel(running.uid)
  })

  test('the newest task is listed first, a page at a time', async () => {
    const { engine } = shared
    const before = await engine.list({ offset: 0, limit: 1 })
    const tasks: Task[] = []
    for (let i = 0; i < 3; i++) tasks.push(await submit(engine, { behave: 'succeed' }))
    const { total, tasks: page } = await engine.list({ offset: 1, limit: 1 })
    expect({ total, uids: page.map(({ uid }) => uid) }).toEqual({ total: before.total + 3, uids: [tasks[1].uid] })
  })

  test('an upload is served under the path that its task names', async () => {
    const { engine } = shared
    const task = await submit(engine, { behave: 'succeed' })
    const file = await engine.file(task.inputs[0].path)
    expect(await new Response(file?.body).text()).toBe('picture')
    expect(file).toMatchObject({ size: 7, type: 'application/octet-stream' })
  })

  test.each(['db/PG_VERSION', 'uploads/../../lock', 'uploads', 'results/x/y', 'incoming/x'])(
    'nothing is served under %s',
    async (key) => {
      const { engine } = shared
      expect(await engine.file(key)).toBeUndefined()
    },
  )

  test('a healthy server says so, part by part', async () => {
    const { engine } = shared
    expect(await engine.health()).toMatchObject({ ready: true, parts: { database: 'ok', storage: 'ok' } })
  })
})
