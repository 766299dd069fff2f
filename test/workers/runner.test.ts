import sharp from 'sharp'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Capabilities } from '../../core/routing'
import { matchTemplate } from '../../operators/match-template/spec'
import { createHost } from '../../workers/host'
import { createRunner, type Runner, type RunProgress, type RunRequest } from '../../workers/runner'
import { fakeWorker } from './fake-worker'
import { noise, patch } from './pictures'
import { plainPlatform, toPlainFile } from './plain-codec'

const laptop: Capabilities = { cores: 4, memoryGiB: 8, webgpu: false, wasmSimd: true, threads: true, slowness: 1 }
let capabilities: Capabilities
let measured: number
let runner: Runner

beforeEach(() => {
  capabilities = laptop
  measured = 0
  const measure = async () => {
    measured += 1
    return capabilities
  }
  const host = { ...createHost(plainPlatform), measure }
  const remembered = new Map<string, string>()
  vi.stubGlobal(
    'Worker',
    vi.fn(function Worker() {
      return fakeWorker(host)
    }),
  )
  vi.stubGlobal('navigator', { hardwareConcurrency: 1, onLine: true, userAgent: 'test' })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => remembered.get(key) ?? null,
    setItem: (key: string, value: string) => remembered.set(key, value),
  })
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network in this test')))
  runner = createRunner()
})
afterEach(() => {
  runner.dispose()
  vi.unstubAllGlobals()
})

const scene = noise(64, 48)
const usual = (): RunRequest => ({
  spec: matchTemplate,
  files: { image: toPlainFile(scene), template: toPlainFile(patch(scene, 20, 10, 12, 9)) },
  params: {},
  mode: 'auto',
  batch: 1,
  signal: new AbortController().signal,
  onProgress: () => {},
})

test('a usual run stays on the device and gives everything the page shows', async () => {
  const outcome = await runner.run(usual())
  expect(outcome).toMatchObject({
    decision: { place: 'device', reason: 'device-quick' },
    data: { matches: [{ x: 20, y: 10, w: 12, h: 9 }] },
    ran: { place: 'device' },
    sizes: { image: { width: 64, height: 48 } },
  })
  expect(outcome.files.map(({ name, blob }) => [name, blob.type])).toEqual([
    ['matches.png', 'image/png'],
    ['heatmap.png', 'image/png'],
  ])
  expect(outcome.kept).toBeDefined()
  expect(runner.traffic.imageBytesSent()).toBe(0)
})

test('runs of a batch wait for a worker, and each tells when it begins', async () => {
  const progress: [number, RunProgress['phase']][] = []
  const runs = [0, 1, 2].map((n) =>
    runner.run({ ...usual(), batch: 3, onProgress: ({ phase }) => progress.push([n, phase]) }),
  )
  await Promise.all(runs)
  for (const n of [0, 1, 2]) {
    const phases = progress.filter(([run]) => run === n).map(([, phase]) => phase)
    expect(phases.slice(0, 2)).toEqual(['waiting', 'running'])
  }
})

test('what is wrong is an error with the fields', async () => {
  await expect(runner.run({ ...usual(), params: { threshold: 2 } })).rejects.toMatchObject({
    code: 'invalid-input',
    issues: [{ path: ['threshold'] }],
  })
})

test('a run can be canceled before and while it runs', async () => {
  await expect(runner.run({ ...usual(), signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'canceled' })
  const abort = new AbortController()
  const large = noise(500, 500)
  const running = runner.run({
    ...usual(),
    files: { image: toPlainFile(large), template: toPlainFile(patch(large, 0, 0, 60, 60)) },
    signal: abort.signal,
    onProgress: ({ phase }) => phase === 'running' && abort.abort(),
  })
  await expect(running).rejects.toMatchObject({ code: 'canceled' })
})

test('the device is measured once and remembered for the next visit', async () => {
  await Promise.all([runner.capabilities(), runner.capabilities()])
  const next = createRunner()
  expect(await next.capabilities()).toEqual(laptop)
  next.dispose()
  expect(measured).toBe(1)
})

test('a slow device asks for the server, and stays here when there is none', async () => {
  capabilities = { ...laptop, slowness: 1e6 }
  const huge = new File(
    [
      await sharp({ create: { width: 4000, height: 3000, channels: 3, background: 'gray' } })
        .png()
        .toBuffer(),
    ],
    'huge.png',
  )
  const question = { ...usual(), files: { image: huge, template: huge } }
  expect(await runner.decide(question)).toMatchObject({ place: 'device', reason: 'server-unreachable' })
  vi.stubGlobal('fetch', async () => new Response('{}'))
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000)
  expect(await runner.decide(question)).toMatchObject({ place: 'server', reason: 'server-much-quicker' })
  vi.restoreAllMocks()
})

test('a question can come before all files are chosen', async () => {
  expect(await runner.decide({ ...usual(), files: {} })).toMatchObject({ place: 'device' })
})

test('the chosen server that does not answer is refused with a sentence', async () => {
  await expect(runner.run({ ...usual(), mode: 'server' })).rejects.toMatchObject({ code: 'unavailable' })
})
