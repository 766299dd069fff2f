import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ComputePool } from '../../server/compute/pool'
import { openDatabase } from '../../server/db/database'
import { FolderLockedError } from '../../server/db/folder-lock'
import { openLocalDisk } from '../../server/storage/local-disk'
import { openChanges } from '../../server/tasks/changes'
import { cleanUp } from '../../server/tasks/cleanup'
import type { OnEnd } from '../../server/tasks/end-task'
import { openQueue } from '../../server/tasks/queue'
import { addTask, claimTask, findTask } from '../../server/tasks/task-store'
import { TaskWorker } from '../../server/tasks/worker'
import { onEachDatabase, onPostgres } from './databases'
import { endOf, FAKE_CHILD, filesIn, ONE_FILE, silent, startServices, submit, testConfig } from './support'

onEachDatabase('what is kept', ({ kind, create }) => {
  test('tasks outlive the process, and those it was running are run again by the next one', async () => {
    const env = await create()
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
    const env = await create()
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
    const env = await create()
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
    const database = await openDatabase(testConfig(await create()))
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

  test('a task whose end could not be written down is run again, and is not called failed', async () => {
    const env = await create()
    const database = await openDatabase(testConfig(env))
    const { sql } = database
    const changes = await openChanges(database)
    const { pixels, logLevel } = testConfig(env)
    const settings = { dataDir: env.DATA_DIR, pixels, logLevel }
    const pool = new ComputePool({ runs: 1, inspections: 0, entry: FAKE_CHILD, settings })
    onTestFinished(() => Promise.all([pool.close(), changes.close()]).then(database.close))
    const lost = () => Promise.reject(new Error('connection lost'))
    const onEnd = vi.fn<OnEnd>(async () => {}).mockImplementationOnce(lost)
    const storage = openLocalDisk(join(env.DATA_DIR, 'files'))
    const worker = new TaskWorker({
      sql,
      changes,
      pool,
      storage,
      log: silent,
      onEnd,
      modelBatch: 4,
      runTimeoutMs: 10_000,
    })
    const uid = randomUUID()
    await addTask(sql, { uid, tool: 'match-template', params: { behave: 'succeed' }, inputs: [], owner: null })
    const claim = new AbortController().signal
    await expect(worker.run(uid, claim)).rejects.toThrow('connection lost')
    expect(await findTask(sql, uid)).toMatchObject({ state: 'running', attempts: 1 })
    await worker.run(uid, claim)
    expect(await findTask(sql, uid)).toMatchObject({ state: 'succeeded', attempts: 2 })
  })

  test('two processes that open a new database at once agree', async () => {
    const env = await create()
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
})

onPostgres('several processes', ({ create, dropConnections }) => {
  test('a task sent to one is run by another, watched from the first, and canceled from there', async () => {
    const env = await create()
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
    const env = await create()
    const { engine } = await startServices(env, FAKE_CHILD)
    await dropConnections()
    await vi.waitFor(async () => expect((await engine.health()).ready).toBe(true), 10_000)
    const task = await submit(engine, { behave: 'go on until canceled' })
    await vi.waitFor(async () => expect(await engine.find(task.uid)).toMatchObject({ state: 'running' }), 20_000)
    await engine.cancel(task.uid)
    expect(await endOf(engine, await submit(engine, { behave: 'succeed' }))).toMatchObject({ state: 'succeeded' })
  })

  test('fifty tasks over two workers are each run once', async () => {
    const env = await create()
    const [{ engine }] = await Promise.all([startServices(env, FAKE_CHILD), startServices(env, FAKE_CHILD)])
    const tasks = await Promise.all(Array.from({ length: 50 }, () => submit(engine, { behave: 'succeed' })))
    const ended = await Promise.all(tasks.map((task) => endOf(engine, task)))
    expect(ended.every(({ state, attempts }) => state === 'succeeded' && attempts === 1)).toBe(true)
  })
})
