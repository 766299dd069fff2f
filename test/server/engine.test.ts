import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Task, TaskId } from '../../server/api/task'
import { openDatabase } from '../../server/db/database'
import { FolderLockedError } from '../../server/db/folder-lock'
import { openServices, type Services } from '../../server/services'
import { openLocalDisk } from '../../server/storage/local-disk'
import { cleanUp } from '../../server/tasks/cleanup'
import { openQueue } from '../../server/tasks/queue'
import { addTask, claimTask } from '../../server/tasks/task-store'
import { type Cluster, hasPostgres, startCluster } from './postgres-cluster'
import {
  dataFolder,
  endOf,
  FAKE_CHILD,
  filesIn,
  ONE_FILE,
  silent,
  startServices,
  statesOf,
  submit,
  testConfig,
} from './support'

const databases = [
  { kind: 'PGlite', skip: false },
  { kind: hasPostgres ? 'PostgreSQL' : 'PostgreSQL (skipped: there is no server program here)', skip: !hasPostgres },
]

describe.each(databases)('tasks on $kind', ({ kind, skip }) => {
  describe.skipIf(skip)('', () => tasksOn(kind))
})

function tasksOn(kind: string): void {
  let cluster: Cluster | undefined
  let shared: Services
  let folder: string

  const newDatabase = async () => ({ DATA_DIR: await dataFolder(), DATABASE_URL: await cluster?.createDatabase() })
  beforeAll(async () => {
    if (kind === 'PostgreSQL') cluster = await startCluster()
    const env = await newDatabase()
    folder = env.DATA_DIR
    shared = await openServices(testConfig(env), silent, FAKE_CHILD)
  })
  afterAll(async () => {
    await shared.close()
    cluster?.stop()
  })

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
    const env = { ...(await newDatabase()), QUEUE_LIMIT: '1' }
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

  test('tasks outlive the process, and those it was running are run again by the next one', async () => {
    const env = await newDatabase()
    const first = await startServices(env, FAKE_CHILD)
    const running = await submit(first.engine, { behave: 'go on until canceled' })
    const waiting = await submit(first.engine, { behave: 'succeed' })
    await first.close()
    const second = await startServices(env, FAKE_CHILD)
    for await (const { state } of (await second.engine.watch(running.uid, AbortSignal.timeout(10_000))) ?? []) {
      if (state === 'running') break
    }
    expect(await second.engine.find(running.uid)).toMatchObject({ attempts: 1 }) // the stop was no attempt of its own
    await second.engine.cancel(running.uid)
    expect(await endOf(second.engine, waiting)).toMatchObject({ state: 'succeeded', attempts: 1 })
  })

  test('ended tasks older than their time go with their files; others stay', async () => {
    const env = await newDatabase()
    const services = await startServices(env, FAKE_CHILD)
    const ended = await submit(services.engine, { behave: 'succeed' })
    await endOf(services.engine, ended)
    const active = await submit(services.engine, { behave: 'go on until canceled' })
    await services.close()
    const database = await openDatabase(testConfig(env))
    onTestFinished(() => database.close())
    const storage = openLocalDisk(join(env.DATA_DIR, 'files'))
    await cleanUp({ sql: database.sql, storage, log: silent, ttlMs: -1000 })
    const left = await filesIn(join(env.DATA_DIR, 'files'))
    expect(left).toHaveLength(1)
    expect(left[0]).toContain(active.uid)
  })

  test('files that no task has are removed once no request can still be about to take them', async () => {
    const env = await newDatabase()
    const database = await openDatabase(testConfig(env))
    onTestFinished(() => database.close())
    const storage = openLocalDisk(join(env.DATA_DIR, 'files'))
    const orphans = [`incoming/${randomUUID()}`, `uploads/${randomUUID()}/a.png`, `results/${randomUUID()}/b.png`]
    for (const key of orphans) await storage.put(key, new Uint8Array(1))
    const parts = { sql: database.sql, storage, log: silent, ttlMs: 1000 }
    await cleanUp(parts)
    expect(await filesIn(join(env.DATA_DIR, 'files'))).toHaveLength(3)
    await cleanUp(parts, -1000)
    expect(await filesIn(join(env.DATA_DIR, 'files'))).toEqual([])
  })

  test('a task and its job appear together or not at all', async () => {
    const database = await openDatabase(testConfig(await newDatabase()))
    const queue = await openQueue(database, silent, true)
    onTestFinished(() => queue.stop(0).then(database.close))
    const uid = randomUUID()
    const rolledBack = database.sql.transaction(async (transaction) => {
      await addTask(transaction, { uid, tool: 'match-template', params: {}, inputs: [], owner: null })
      await queue.add(transaction, uid)
      throw new Error('power cut')
    })
    await expect(rolledBack).rejects.toThrow('power cut')
    const seen: string[] = []
    const kept = randomUUID()
    await database.sql.transaction(async (transaction) => {
      await addTask(transaction, { uid: kept, tool: 'match-template', params: {}, inputs: [], owner: null })
      await queue.add(transaction, kept)
    })
    await new Promise<void>((resolve) => {
      void queue.work(1, async (job) => {
        seen.push(job)
        resolve()
      })
    })
    expect(seen).toEqual([kept])
    expect(await claimTask(database.sql, uid, 3)).toBeUndefined()
  })

  test('two processes that open a new database at once agree', async () => {
    const env = await newDatabase()
    const opened = await Promise.allSettled([openDatabase(testConfig(env)), openDatabase(testConfig(env))])
    onTestFinished(async () => {
      for (const each of opened) if (each.status === 'fulfilled') await each.value.close()
    })
    const refused = opened.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    // PostgreSQL serves both; the embedded database is for one only.
    if (kind === 'PostgreSQL') return expect(refused).toEqual([])
    expect(refused).toEqual([expect.any(FolderLockedError)])
    expect(refused[0].message).toContain('DATABASE_URL')
  })

  test('a healthy server says so, part by part', async () => {
    const { engine } = shared
    expect(await engine.health()).toMatchObject({ ready: true, parts: { database: 'ok', storage: 'ok' } })
  })
}

describe.skipIf(!hasPostgres)('several processes on one PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster.stop())

  test('a task sent to one is run by another, watched from the first, and canceled from there', async () => {
    const env = { DATA_DIR: await dataFolder(), DATABASE_URL: await cluster.createDatabase() }
    const api = await startServices({ ...env, ROLE: 'api' }, FAKE_CHILD)
    const task = await submit(api.engine, { behave: 'succeed' }, ONE_FILE)
    expect(await api.engine.find(task.uid)).toMatchObject({ state: 'queued' })
    await startServices({ ...env, ROLE: 'worker' }, FAKE_CHILD)
    expect(await endOf(api.engine, task)).toMatchObject({ state: 'succeeded' })
    const long = await submit(api.engine, { behave: 'go on until canceled' })
    for await (const { state } of (await api.engine.watch(long.uid, AbortSignal.timeout(10_000))) ?? []) {
      if (state === 'running') break
    }
    await api.engine.cancel(long.uid)
    expect(await endOf(api.engine, await submit(api.engine, { behave: 'succeed' }))).toMatchObject({
      state: 'succeeded',
    })
  })

  test('connections that the database drops are opened again, also the one that hears of changes', async () => {
    const env = { DATA_DIR: await dataFolder(), DATABASE_URL: await cluster.createDatabase() }
    const { engine } = await startServices(env, FAKE_CHILD)
    await cluster.dropConnections()
    await vi.waitFor(async () => expect((await engine.health()).ready).toBe(true), 10_000)
    const task = await submit(engine, { behave: 'go on until canceled' })
    await vi.waitFor(async () => expect(await engine.find(task.uid)).toMatchObject({ state: 'running' }), 20_000)
    await engine.cancel(task.uid)
    expect(await endOf(engine, await submit(engine, { behave: 'succeed' }))).toMatchObject({ state: 'succeeded' })
  })

  test('fifty tasks over two workers are each run once', async () => {
    const env = { DATA_DIR: await dataFolder(), DATABASE_URL: await cluster.createDatabase() }
    const [{ engine }] = await Promise.all([startServices(env, FAKE_CHILD), startServices(env, FAKE_CHILD)])
    const tasks = await Promise.all(Array.from({ length: 50 }, () => submit(engine, { behave: 'succeed' })))
    const ended = await Promise.all(tasks.map((task) => endOf(engine, task)))
    expect(ended.every(({ state, attempts }) => state === 'succeeded' && attempts === 1)).toBe(true)
  })
})
