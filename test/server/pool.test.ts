import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ChildLostError } from '../../server/compute/conversation'
import { ComputePool } from '../../server/compute/pool'
import type { Inspect, Run } from '../../server/compute/protocol'
import { FAKE_CHILD, temporaryFolder, testConfig } from './support'

function openPool({ runs = 1, inspections = 0 } = {}): ComputePool {
  const { pixels, logLevel } = testConfig({})
  const pool = new ComputePool({ runs, inspections, entry: FAKE_CHILD, settings: { dataDir: '', pixels, logLevel } })
  onTestFinished(() => pool.close())
  return pool
}

const run = (behave: string, more = {}): Run => ({
  kind: 'run',
  tool: '',
  params: { behave, ...more },
  inputs: {},
  results: '',
})

const inspect: Inspect = { kind: 'inspect', tool: '', params: {}, inputs: {}, thumbnails: {} }

test('one process serves many calls, one after the other', async () => {
  const pool = openPool()
  const answers = await Promise.all([pool.call(run('succeed')), pool.call(run('succeed')), pool.call(run('succeed'))])
  expect(new Set(answers.map(({ data }) => data.pid)).size).toBe(1)
})

test('as many runs as it has room for go on at once', async () => {
  const pool = openPool({ runs: 2 })
  const stop = new AbortController()
  const first = pool.call(run('go on until canceled'), { signal: stop.signal })
  await expect(pool.call(run('succeed'))).resolves.toBeDefined()
  stop.abort()
  await expect(first).rejects.toMatchObject({ code: 'canceled' })
})

test('a run may use all cores while it is alone, and leaves others theirs', async () => {
  const pool = openPool({ runs: 4 })
  await expect(pool.call(run('count cores'))).resolves.toMatchObject({ data: { cores: 4 } })
  const stop = new AbortController()
  const other = pool.call(run('go on until canceled'), { signal: stop.signal })
  await expect(pool.call(run('count cores'))).resolves.toMatchObject({ data: { cores: 2 } })
  stop.abort()
  await expect(other).rejects.toMatchObject({ code: 'canceled' })
})

test('a tool that fails says so, and its process lives on', async () => {
  const pool = openPool()
  await expect(pool.call(run('fail'))).rejects.toMatchObject({
    code: 'invalid-input',
    message: 'The template is larger',
  })
  expect(pool.size.alive).toBe(1)
})

test.each(['fail unexpectedly', 'grow'])(
  'after a run that would %s, the next one gets a fresh process',
  async (behave) => {
    const pool = openPool()
    const { data } = await pool.call(run('succeed'))
    await pool.call(run(behave)).catch(() => {})
    expect((await pool.call(run('succeed'))).data.pid).not.toBe(data.pid)
  },
)

test('a process that dies loses its own call only, and another takes its place', async () => {
  const pool = openPool()
  const lost = pool.call(run('die'))
  const next = pool.call(run('succeed'))
  await expect(lost).rejects.toThrow(ChildLostError)
  await expect(next).resolves.toBeDefined()
})

test('a process that cannot start fails its call, and the next call tries again', async () => {
  const { pixels, logLevel } = testConfig({})
  const missing = join(await temporaryFolder(), 'missing.mjs')
  const pool = new ComputePool({ runs: 1, inspections: 0, entry: missing, settings: { dataDir: '', pixels, logLevel } })
  await expect(pool.call(run('succeed'))).rejects.toThrow(ChildLostError)
  await expect(pool.call(run('succeed'))).rejects.toThrow(ChildLostError)
})

test('a cancel is a message first: a run that looks at it ends, and its process lives on', async () => {
  const pool = openPool()
  const { data } = await pool.call(run('succeed'))
  await expect(cancelAtFirstProgress(pool, 'go on until canceled')).rejects.toMatchObject({ code: 'canceled' })
  expect((await pool.call(run('succeed'))).data.pid).toBe(data.pid)
})

test('a run that does not look is killed, and the pool heals', async () => {
  const pool = openPool()
  const { data } = await pool.call(run('succeed'))
  await expect(cancelAtFirstProgress(pool, 'hang')).rejects.toMatchObject({ code: 'canceled' })
  expect((await pool.call(run('succeed'))).data.pid).not.toBe(data.pid)
})

test('a call that still waits for a process can be canceled', async () => {
  const pool = openPool()
  const first = new AbortController()
  const busy = pool.call(run('go on until canceled'), { signal: first.signal })
  const second = new AbortController()
  const waiting = pool.call(run('succeed'), { signal: second.signal })
  second.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'canceled' })
  first.abort()
  await expect(busy).rejects.toMatchObject({ code: 'canceled' })
})

test('a run over its time is stopped with a sentence', async () => {
  const pool = openPool()
  const call = pool.call(run('go on until canceled'), { timeoutMs: 100 })
  await expect(call).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('0.1 s') })
})

test('inspections do not wait behind long runs', async () => {
  const pool = openPool({ runs: 1, inspections: 1 })
  const stop = new AbortController()
  const long = pool.call(run('go on until canceled'), { signal: stop.signal })
  const queued = pool.call(run('succeed'))
  await expect(pool.call(inspect)).resolves.toBeDefined()
  stop.abort()
  await expect(long).rejects.toMatchObject({ code: 'canceled' })
  await expect(queued).resolves.toBeDefined()
})

test('a closed pool refuses calls as unavailable', async () => {
  const pool = openPool()
  await pool.close()
  await expect(pool.call(run('succeed'))).rejects.toMatchObject({ code: 'unavailable' })
})

test('a pool is closed without waiting for a process that is still starting', async () => {
  const { pixels, logLevel } = testConfig({})
  const entry = join(await temporaryFolder(), 'never-ready.mjs')
  await writeFile(entry, 'setInterval(() => {}, 1000)')
  const pool = new ComputePool({ runs: 1, inspections: 1, entry, settings: { dataDir: '', pixels, logLevel } })
  const warm = expect(pool.warm(1)).resolves.toBeUndefined()
  const call = expect(pool.call(run('succeed'))).rejects.toMatchObject({ code: 'unavailable' })
  await pool.close()
  await Promise.all([warm, call])
})

async function cancelAtFirstProgress(pool: ComputePool, behave: string) {
  const controller = new AbortController()
  const onProgress = vi.fn(() => controller.abort())
  return pool.call(run(behave), { signal: controller.signal, onProgress })
}
