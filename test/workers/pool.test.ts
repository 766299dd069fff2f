import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WorkerPool } from '../../workers/pool'
import { fakeWorker } from './fake-worker'

interface Started {
  readonly terminate: () => void
  fail(): void
}

const started: Started[] = []
const pools: WorkerPool[] = []
let host: object

function newWorker() {
  const worker = fakeWorker(host)
  const known = Object.assign(worker, { fail: () => worker.dispatchEvent(new Event('error')) })
  started.push(known)
  return known
}

beforeEach(() => {
  host = { warm: async (tool: string) => tool, cancel: () => {} }
  vi.stubGlobal('Worker', vi.fn(newWorker))
})

afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose()
  started.length = 0
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function newPool(size: number, memoryBytes = Number.POSITIVE_INFINITY): WorkerPool {
  const pool = new WorkerPool({ size, memoryBytes })
  pools.push(pool)
  return pool
}

const never = () => new AbortController().signal
const warm = (pool: WorkerPool, tool: string, signal = never(), bytes = 0) =>
  pool.use((worker) => worker.warm(tool) as Promise<unknown>, { signal, bytes })

/** A host whose jobs end when the test says so. */
function heldJobs() {
  const open = new Map<string, () => void>()
  host = { warm: (tool: string) => new Promise<void>((resolve) => open.set(tool, resolve)), cancel: () => {} }
  return { running: () => [...open.keys()], finish: (tool: string) => open.get(tool)?.() }
}

test('a job may use every core while it is alone, and leaves others theirs', async () => {
  const jobs = heldJobs()
  const pool = newPool(4)
  const offered: number[] = []
  const work = (name: string) =>
    pool.use(
      (worker, cores) => {
        offered.push(cores)
        return worker.warm(name) as Promise<unknown>
      },
      { signal: never() },
    )
  const [first, second] = [work('first'), work('second')]
  await vi.waitFor(() => expect(jobs.running()).toHaveLength(2))
  jobs.finish('first')
  await first
  const third = work('third')
  await vi.waitFor(() => expect(jobs.running()).toContain('third'))
  expect(offered).toEqual([2, 2, 2])
  for (const name of ['second', 'third']) jobs.finish(name)
  await Promise.all([second, third])
  const last = work('last')
  await vi.waitFor(() => expect(jobs.running()).toContain('last'))
  expect(offered.at(-1)).toBe(4)
  jobs.finish('last')
  await last
})

test('keeps a worker for the next job', async () => {
  const pool = newPool(4)
  await warm(pool, 'a')
  await warm(pool, 'b')
  expect(started).toHaveLength(1)
})

test('runs no more jobs at once than it has workers, the rest in the order they came', async () => {
  const jobs = heldJobs()
  const pool = newPool(2)
  const all = ['a', 'b', 'c', 'd'].map((tool) => warm(pool, tool))
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a', 'b']))
  jobs.finish('b')
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a', 'b', 'c']))
  jobs.finish('a')
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a', 'b', 'c', 'd']))
  jobs.finish('c')
  jobs.finish('d')
  await Promise.all(all)
  expect(started).toHaveLength(2)
})

test('a short job is begun before longer ones that wait, and short ones keep their order', async () => {
  const jobs = heldJobs()
  const pool = newPool(1)
  const short = (tool: string) =>
    pool.use((worker) => worker.warm(tool) as Promise<unknown>, { signal: never(), isShort: true })
  const all = [warm(pool, 'a'), warm(pool, 'b'), short('c'), short('d')]
  for (const tool of ['a', 'c', 'd', 'b']) {
    await vi.waitFor(() => expect(jobs.running().at(-1)).toBe(tool))
    jobs.finish(tool)
  }
  await Promise.all(all)
})

test('jobs that would not fit into memory together run one after the other', async () => {
  const jobs = heldJobs()
  const pool = newPool(8, 100)
  const all = ['a', 'b', 'c'].map((tool) => warm(pool, tool, never(), 60))
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a']))
  jobs.finish('a')
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a', 'b']))
  jobs.finish('b')
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a', 'b', 'c']))
  jobs.finish('c')
  await Promise.all(all)
  expect(started).toHaveLength(1)
})

test('a job larger than all memory still runs, alone', async () => {
  await expect(warm(newPool(2, 100), 'a', never(), 1000)).resolves.toBe('a')
})

test('a job that waits can be canceled, and is never begun', async () => {
  const jobs = heldJobs()
  const pool = newPool(1)
  const first = warm(pool, 'a')
  const abort = new AbortController()
  const second = warm(pool, 'b', abort.signal)
  const third = warm(pool, 'c')
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a']))
  abort.abort()
  await expect(second).rejects.toMatchObject({ code: 'canceled' })
  jobs.finish('a')
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a', 'c']))
  jobs.finish('c')
  await Promise.all([first, third])
})

test('a worker that breaks fails its own job only, and is replaced', async () => {
  const jobs = heldJobs()
  const pool = newPool(2)
  const first = warm(pool, 'a')
  const second = warm(pool, 'b')
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a', 'b']))
  started[0].fail()
  await expect(first).rejects.toMatchObject({ code: 'internal' })
  jobs.finish('b')
  await second
  const more = ['c', 'd'].map((tool) => warm(pool, tool))
  await vi.waitFor(() => expect(jobs.running()).toEqual(['a', 'b', 'c', 'd']))
  jobs.finish('c')
  jobs.finish('d')
  await Promise.all(more)
  expect(started).toHaveLength(3)
})

test('a worker that breaks between jobs is not used again', async () => {
  const pool = newPool(1)
  await warm(pool, 'a')
  started[0].fail()
  await expect(warm(pool, 'b')).resolves.toBe('b')
  expect(started).toHaveLength(2)
})

test('a job that never checks in is stopped by force, and the next gets a fresh worker', async () => {
  heldJobs()
  const pool = newPool(1)
  const abort = new AbortController()
  const stuck = warm(pool, 'a', abort.signal)
  await vi.waitFor(() => expect(started).toHaveLength(1))
  host = { warm: async (tool: string) => tool, cancel: () => {} }
  const next = warm(pool, 'b')
  abort.abort()
  await expect(stuck).rejects.toMatchObject({ code: 'canceled' })
  expect(started[0].terminate).toHaveBeenCalled()
  await expect(next).resolves.toBe('b')
})

test('a cancel after the end harms no later job', async () => {
  const canceled = vi.fn()
  host = { warm: async (tool: string) => tool, cancel: canceled }
  const pool = newPool(1)
  const abort = new AbortController()
  await warm(pool, 'a', abort.signal)
  abort.abort()
  await warm(pool, 'b')
  expect(canceled).not.toHaveBeenCalled()
  expect(started[0].terminate).not.toHaveBeenCalled()
})

test('after a while without work one worker is left', async () => {
  const jobs = heldJobs()
  const pool = newPool(3)
  const all = ['a', 'b', 'c'].map((tool) => warm(pool, tool))
  await vi.waitFor(() => expect(jobs.running()).toHaveLength(3))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (const tool of ['a', 'b', 'c']) jobs.finish(tool)
  await Promise.all(all)
  vi.advanceTimersByTime(60_000)
  expect(started.filter(({ terminate }) => vi.mocked(terminate).mock.calls.length > 0)).toHaveLength(2)
})

test('a worker that cannot be started fails the job, not the pool', async () => {
  vi.stubGlobal(
    'Worker',
    vi.fn(function blocked() {
      throw new Error('blocked by the content security policy')
    }),
  )
  const pool = newPool(1)
  await expect(warm(pool, 'a')).rejects.toMatchObject({ code: 'unavailable' })
  vi.stubGlobal('Worker', vi.fn(newWorker))
  await expect(warm(pool, 'b')).resolves.toBe('b')
})

test('jobs with models wait for the one worker that has them, and let others pass', async () => {
  const jobs = heldJobs()
  const pool = newPool(3)
  const withModels = (name: string) =>
    pool.use((worker) => worker.warm(name) as Promise<unknown>, { signal: never(), usesModels: true })
  const [first, second, plain] = [withModels('first'), withModels('second'), warm(pool, 'plain')]
  await vi.waitFor(() => expect(jobs.running()).toEqual(['first', 'plain']))
  jobs.finish('first')
  await vi.waitFor(() => expect(jobs.running()).toContain('second'))
  expect(started).toHaveLength(2)
  for (const name of ['second', 'plain']) jobs.finish(name)
  await Promise.all([first, second, plain])
})

test('jobs without models leave the worker with models to those that need it, while there is another', async () => {
  const jobs = heldJobs()
  const pool = newPool(2)
  const model = pool.use((worker) => worker.warm('model') as Promise<unknown>, { signal: never(), usesModels: true })
  await vi.waitFor(() => expect(jobs.running()).toEqual(['model']))
  jobs.finish('model')
  await model
  const plain = warm(pool, 'plain')
  await vi.waitFor(() => expect(started).toHaveLength(2))
  const other = warm(pool, 'other')
  await vi.waitFor(() => expect(jobs.running()).toContain('other'))
  expect(started).toHaveLength(2)
  for (const name of ['plain', 'other']) jobs.finish(name)
  await Promise.all([plain, other])
})

test('a worker with models that broke is replaced', async () => {
  const pool = newPool(2)
  const use = () => pool.use((worker) => worker.warm('a') as Promise<unknown>, { signal: never(), usesModels: true })
  await use()
  started[0].fail()
  await expect(use()).resolves.toBe('a')
  expect(started).toHaveLength(2)
})
