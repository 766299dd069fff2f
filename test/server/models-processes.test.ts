import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { partOf } from '../../server/models/download'
import { fromUrls, give, modelOf, startModelHost } from './model-host'
import { temporaryFolder } from './support'

vi.setConfig({ testTimeout: 90_000 }) // processes start slowly where all cores are busy

const WEIGHTS = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * 31) % 255))
const HALF = WEIGHTS.length / 2

/** A process of its own that fetches the model into the cache. */
function fetchIn(cache: string, url: string): ChildProcess {
  const model = JSON.stringify(modelOf(WEIGHTS, { sources: fromUrls(url) }))
  const script = resolve(import.meta.dirname, 'fetch-model.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, cache, model], { stdio: 'inherit' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const code = async (child: ChildProcess): Promise<number> => (await once(child, 'exit'))[0]

test('two processes that want the same model fetch it once', async () => {
  const host = await startModelHost()
  const cache = await temporaryFolder()
  const url = host.on('/a', give(WEIGHTS))
  const codes = await Promise.all([fetchIn(cache, url), fetchIn(cache, url)].map(code))
  expect(codes).toEqual([0, 0])
  expect(host.asked).toHaveLength(1)
  expect(await readFile(join(cache, 'small-model', 'small.onnx'))).toEqual(WEIGHTS)
})

test('what a killed process had fetched is gone on with by the next', async () => {
  const host = await startModelHost()
  const cache = await temporaryFolder()
  const url = host.on('/a', give(WEIGHTS, { silentAt: HALF }), give(WEIGHTS))
  const first = fetchIn(cache, url)
  await expect.poll(() => host.asked.length, { timeout: 60_000 }).toBe(1)
  await expect.poll(() => partBytes(cache, url), { timeout: 60_000 }).toBe(HALF)
  first.kill('SIGKILL')
  expect(await code(fetchIn(cache, url))).toBe(0)
  expect(host.asked.map(({ range }) => range)).toEqual([undefined, `bytes=${HALF}-`])
})

async function partBytes(cache: string, url: string): Promise<number> {
  const part = await stat(partOf(join(cache, '.downloads'), url)).catch(() => undefined)
  return part?.size ?? 0
}
