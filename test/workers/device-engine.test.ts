import { beforeEach, expect, test, vi } from 'vitest'
import { ToolError } from '../../core/errors'
import { createApp } from '../../server/api/app'
import type { TaskObject } from '../../server/api/contracts/matching'
import type { Compute } from '../../workers/device/compute'
import { createDeviceEngine, type DeviceEngine } from '../../workers/device-engine'
import { memoryFiles, memorySettings, memoryShelf, memoryTasks, openPage } from './device-parts'
import { noise, patch } from './pictures'
import { toPlainFile } from './plain-codec'

const scene = noise(64, 48)
const files = memoryFiles()
let tasks = memoryTasks()
const settings = memorySettings()
let compute: Compute
let engine: DeviceEngine
let app: ReturnType<typeof createApp>

/** What a new service worker does: same storage, nothing in memory. */
function start(): void {
  engine = createDeviceEngine({ tasks, files, compute, settings, shelf: memoryShelf(files) })
  app = createApp(engine, { log: () => {} })
}

beforeEach(async () => {
  for (const key of files.keys()) await files.remove(key.split('/').slice(0, 2).join('/'))
  tasks = memoryTasks()
  compute = openPage()
  start()
})

function form(fields: Record<string, string> = {}): FormData {
  const body = new FormData()
  body.set('image', toPlainFile(scene), 'screen.png')
  body.set('template', toPlainFile(patch(scene, 20, 10, 12, 9)), 'icon.png')
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return body
}

const post = (body: BodyInit = form()) => app.request('/api/v1/match/template', { method: 'POST', body })
const submit = async (): Promise<TaskObject> => (await post()).json()
const read = async (uid: string): Promise<TaskObject> => (await app.request(`/api/v1/tasks/${uid}`)).json()

test('a task runs on the device and ends with data and files', async () => {
  const response = await post()
  expect(response.status).toBe(201)
  const { uid } = await response.json()
  await engine.idle()
  const task = await read(uid)
  expect(task).toMatchObject({
    status: 'done',
    attempts: 1,
    ran: { place: 'device' },
    result_data: { matches: [{ x: 20, y: 10, w: 12, h: 9 }] },
    result_files: [`results/${uid}/matches.png`, `results/${uid}/heatmap.png`],
    input_files: [`uploads/${uid}/screen.png`, `uploads/${uid}/icon.png`],
  })
  for (const path of [...task.result_files, ...task.thumbnails, ...task.input_files]) {
    const file = await app.request(`/${path}`)
    expect(file.status).toBe(200)
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(0)
  }
})

test('settings outlive the service worker and stand in for parameters that are left out', async () => {
  const headers = { 'Content-Type': 'application/json' }
  await app.request('/api/v1/settings/template', { method: 'PUT', headers, body: '{"threshold":0.95}' })
  start()
  expect(await submit()).toMatchObject({ params: { threshold: 0.95, max_results: 20 } })
  await engine.idle()
})

test('a chain runs on the device and serves the files of each step', async () => {
  const body = form({ steps: '[{"tool":"feature"},{"tool":"template"},{"tool":"template"}]' })
  const response = await app.request('/api/v1/match/chain', { method: 'POST', body })
  expect(response.status).toBe(201)
  await engine.idle()
  const { uid, result_data, result_files } = await read((await response.json()).uid)
  expect(result_data).toMatchObject({ chain_result: 'found', completed_step: 2, total_steps: 3 })
  const steps = result_data.steps as { result_files?: string[] }[]
  const made = steps.flatMap((step) => step.result_files ?? [])
  expect(made).toEqual(result_files)
  expect(new Set(made).size).toBe(made.length)
  expect(made[0]).toBe(`results/${uid}/step-1-matches.png`)
  for (const path of made) expect((await app.request(`/${path}`)).status).toBe(200)
})

test.each(['GET', 'POST'])('%s webhooks are refused with a sentence', async (method) => {
  const headers = { 'Content-Type': 'application/json' }
  const body = method === 'POST' ? '{"url":"http://receiver.test/"}' : undefined
  const response = await app.request('/api/v1/webhooks', { method, headers, body })
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ detail: expect.stringMatching(/^Webhooks need the server/) })
})

test('tasks are listed newest first', async () => {
  const uids = [await submit(), await submit(), await submit()].map(({ uid }) => uid)
  const page = await (await app.request('/api/v1/tasks?offset=1&limit=1')).json()
  expect(page).toMatchObject({ total: 3, tasks: [{ uid: uids[1] }] })
  await engine.idle()
})

test('a request that is refused leaves no file behind', async () => {
  expect((await post(form({ threshold: '1.5' }))).status).toBe(422)
  const broken = form()
  broken.set('template', new File([], 'empty.png'))
  expect((await post(broken)).status).toBe(422)
  expect(files.keys()).toEqual([])
})

test('a file over the limit is refused with its field', async () => {
  const large = form()
  large.set('image', new File([new Uint8Array(engine.limits.upload.fileBytes + 1)], 'large.png'))
  const response = await post(large)
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining('image') })
})

test('a body that is cut short is refused', async () => {
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
  const response = await app.request('/api/v1/match/template', { method: 'POST', body: '--x\r\nno end', headers })
  expect(response.status).toBe(400)
})

test('when storing fails, what was stored is removed', async () => {
  vi.spyOn(tasks, 'add').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
  expect((await post()).status).toBe(503)
  expect(files.keys()).toEqual([])
})

test('without an open page a task is refused with a sentence', async () => {
  compute = closedPage()
  start()
  const response = await post()
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ detail: expect.stringMatching(/none is open/) })
  expect((await app.request('/health/ready')).status).toBe(503)
})

test('a canceled task stays canceled, and cannot be canceled again', async () => {
  compute = { ...openPage(), run: untilCanceled }
  start()
  const { uid } = await submit()
  const cancel = () => app.request(`/api/v1/tasks/${uid}`, { method: 'DELETE' })
  expect(await (await cancel()).json()).toMatchObject({ status: 'error', error_code: 'canceled' })
  await engine.idle()
  expect(await read(uid)).toMatchObject({ status: 'error', error_code: 'canceled' })
  expect((await cancel()).status).toBe(409)
})

test('a task whose page was closed waits, and runs when the next page opens', async () => {
  const gone = closedPage()
  compute = { ...openPage(), run: begunThen(gone.run), isReady: gone.isReady }
  start()
  const { uid } = await submit()
  await engine.idle()
  expect(await read(uid)).toMatchObject({ status: 'queued', attempts: 1 })
  compute = openPage()
  start()
  await engine.resume()
  await engine.idle()
  expect(await read(uid)).toMatchObject({ status: 'done', attempts: 2 })
})

test('a page that opens while the last one is still thought to be there gets the task', async () => {
  let isOpen = true
  const pages = { ...openPage(), isReady: async () => isOpen }
  let close = (_: unknown) => {}
  const held: Compute['run'] = begunThen(() => new Promise((_, reject) => (close = reject)))
  compute = { ...pages, run: held }
  start()
  const { uid } = await submit()
  await vi.waitFor(async () => expect(await read(uid)).toMatchObject({ status: 'processing' }))
  isOpen = false
  await engine.resume()
  Object.assign(compute, { run: pages.run })
  close(new ToolError('unavailable', 'The page was closed'))
  await engine.idle()
  expect(await read(uid)).toMatchObject({ status: 'done', attempts: 2 })
})

test('a task that a stopped service worker left running is run again, at most three times', async () => {
  compute = { ...openPage(), run: begunThen(() => new Promise(() => {})) }
  start()
  const { uid } = await submit()
  for (const attempt of [1, 2, 3]) {
    await vi.waitFor(async () => expect(await read(uid)).toMatchObject({ status: 'processing', attempts: attempt }))
    start()
    await engine.resume()
  }
  await engine.idle()
  expect(await read(uid)).toMatchObject({ status: 'error', attempts: 3, error: expect.stringMatching(/three times/) })
})

test('events carry progress and end with the task', async () => {
  const { uid } = await submit()
  const events = await (await app.request(`/api/v1/tasks/${uid}/events`)).text()
  expect(events.trim().split('\n').at(-1)).toContain('"status":"done"')
})

test('ended tasks are forgotten after three days, with their files', async () => {
  const { uid } = await submit()
  await engine.idle()
  vi.useFakeTimers({ now: Date.now() + 4 * 86_400_000, toFake: ['Date'] })
  await engine.resume()
  vi.useRealTimers()
  expect(await engine.knows(uid)).toBe(false)
  expect(files.keys()).toEqual([])
})

function closedPage(): Compute {
  const refuse = () => Promise.reject(new ToolError('unavailable', 'No page is there: none is open'))
  return { inspect: refuse, run: refuse, isReady: async () => false }
}

const begunThen =
  (end: Compute['run']): Compute['run'] =>
  (id, call, report, signal) => {
    report({ done: 0, total: 1 })
    return end(id, call, report, signal)
  }

const untilCanceled: Compute['run'] = (_id, _call, report, signal) =>
  new Promise((resolve) => {
    report({ done: 0, total: 1 })
    signal.addEventListener('abort', () => resolve({ ok: false, code: 'canceled', message: 'Canceled', issues: [] }))
  })
