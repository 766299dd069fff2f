import * as Comlink from 'comlink'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unwrap } from '../../core/errors'
import { createPageCompute, type OpenPages } from '../../workers/device/page-compute'
import { createHost } from '../../workers/host'
import { lendPool } from '../../workers/lent-pool'
import { WorkerPool } from '../../workers/pool'
import { fakeWorker } from './fake-worker'
import { noise, patch } from './pictures'
import { plainPlatform, toPlainFile } from './plain-codec'

let pool: WorkerPool
let busy: number
/** What the worker of the page does. */
let host: object

beforeEach(() => {
  busy = 0
  host = createHost(plainPlatform)
  vi.stubGlobal(
    'Worker',
    vi.fn(function Worker() {
      return fakeWorker(host)
    }),
  )
  pool = new WorkerPool({ size: 1, memoryBytes: Number.POSITIVE_INFINITY })
})
afterEach(() => {
  vi.useRealTimers()
  pool.dispose()
  vi.unstubAllGlobals()
})

interface FakePage {
  readonly focused: boolean
  asked: number
  /** A closed or frozen page takes messages and never answers. */
  isGone: boolean
}

const newPage = (over: Partial<FakePage> = {}): FakePage => ({ focused: false, asked: 0, isGone: false, ...over })

/** The service worker's clients, each with real messages to a real lent pool. */
function open(...pages: FakePage[]): OpenPages {
  const begin = () => {
    busy += 1
    return () => {
      busy -= 1
    }
  }
  const lent = lendPool(pool, { begin, beat: () => {} })
  return {
    matchAll: async () =>
      pages.map((page, n) => ({
        id: `page ${n}`,
        focused: page.focused,
        postMessage(_: unknown, [port]: Transferable[]) {
          page.asked += 1
          const answering = { ...lent, ping: () => (page.isGone ? new Promise(() => {}) : undefined) }
          Comlink.expose(answering, port as MessagePort)
        },
      })),
  }
}

const scene = noise(64, 48)
const call = {
  tool: 'match-template',
  files: { image: toPlainFile(scene), template: toPlainFile(patch(scene, 20, 10, 12, 9)) },
  params: {},
}
const never = () => new AbortController().signal

test('computes in the focused page, which is busy only as long as that takes', async () => {
  const [back, front] = [newPage(), newPage({ focused: true })]
  const compute = createPageCompute(open(back, front))
  const reports: unknown[] = []
  const outcome = await compute.run('a', call, (progress) => reports.push(progress), never())
  expect(unwrap(outcome).data).toMatchObject({ matches: [{ x: 20, y: 10 }] })
  expect(reports[0]).toEqual({ done: 0, total: 1 })
  expect([back.asked, front.asked]).toEqual([0, 1])
  expect(busy).toBe(0)
})

test('checks files in the page too', async () => {
  const inspected = unwrap(await createPageCompute(open(newPage())).inspect(call))
  expect(inspected.sizes).toEqual({ image: { width: 64, height: 48 }, template: { width: 12, height: 9 } })
})

test('without an open page it is unavailable', async () => {
  const compute = createPageCompute(open())
  await expect(compute.run('a', call, () => {}, never())).rejects.toMatchObject({ code: 'unavailable' })
  expect(await compute.isReady()).toBe(false)
})

test('a page that does not answer is passed over for one that does', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const compute = createPageCompute(open(newPage({ focused: true, isGone: true }), newPage()))
  const inspected = compute.inspect(call)
  await vi.advanceTimersByTimeAsync(5_000)
  vi.useRealTimers()
  expect(await inspected).toMatchObject({ ok: true })
})

test('a page that goes away while it computes is noticed', async () => {
  host = { run: () => new Promise(() => {}), cancel: () => {} }
  const page = newPage()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const run = createPageCompute(open(page)).run('a', call, () => {}, never())
  const noticed = expect(run).rejects.toMatchObject({ code: 'unavailable' })
  await vi.waitFor(() => expect(busy).toBe(1))
  page.isGone = true
  await vi.advanceTimersByTimeAsync(20_000)
  await noticed
})

test('a cancel reaches the worker of the page', async () => {
  const canceled = vi.fn()
  host = {
    run: () =>
      new Promise((resolve) => {
        canceled.mockImplementation(() => resolve({ ok: false, code: 'canceled', message: 'Canceled', issues: [] }))
      }),
    cancel: canceled,
  }
  const abort = new AbortController()
  const run = createPageCompute(open(newPage())).run('a', call, () => abort.abort(), abort.signal)
  expect(await run).toMatchObject({ ok: false, code: 'canceled' })
  expect(canceled).toHaveBeenCalled()
})
