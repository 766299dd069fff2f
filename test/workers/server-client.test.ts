import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { matchTemplate } from '../../operators/match-template/spec'
import { createApp } from '../../server/api/app'
import { createDeviceEngine } from '../../workers/device-engine'
import { guard } from '../../workers/private-guard'
import type { RunProgress } from '../../workers/runner'
import { runOnServer } from '../../workers/server-client'
import { memoryFiles, memorySettings, memoryShelf, memoryTasks, openPage } from './device-parts'
import { FakeXhr } from './fake-xhr'
import { noise, patch } from './pictures'
import { toPlainFile } from './plain-codec'

const scene = noise(64, 48)
const files = { image: toPlainFile(scene), template: toPlainFile(patch(scene, 20, 10, 12, 9)) }
const imageBytes = files.image.size + files.template.size
const sizes = { image: { width: 64, height: 48 }, template: { width: 12, height: 9 } }

/** A server that is as real as the device's: the same REST app over an engine in memory. */
let compute = openPage()
function server() {
  const files = memoryFiles()
  const parts = { tasks: memoryTasks(), files, settings: memorySettings(), shelf: memoryShelf(files) }
  return createApp(createDeviceEngine({ ...parts, compute }), { log: () => {} })
}
let ask: (path: string, init?: RequestInit) => Response | Promise<Response>
let asked: string[]

beforeEach(() => {
  compute = openPage()
  const app = server()
  asked = []
  ask = (path, init) => app.request(path, init)
  const record = (path: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? 'GET'} ${path}`)
    return ask(path, init)
  }
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => record(path, init))
  vi.stubGlobal('XMLHttpRequest', FakeXhr)
  FakeXhr.answer = (path, init) => Promise.resolve(record(path, init))
})
afterEach(() => {
  vi.unstubAllGlobals()
  guard.set(false)
})

function run({ params = {}, signal = new AbortController().signal, onProgress = (_: RunProgress) => {} } = {}) {
  const sent: number[] = []
  const request = { spec: matchTemplate, files, params, mode: 'server' as const, batch: 1, signal, onProgress }
  return { sent, outcome: runOnServer(request, sizes, (bytes) => sent.push(bytes)) }
}

test('sends the files, follows the task and brings back data and files', async () => {
  const { outcome } = run({ params: { threshold: 0.9 } })
  const { data, files, timings } = await outcome
  expect(data).toMatchObject({ matches: [{ x: 20, y: 10, w: 12, h: 9 }] })
  expect(files.map(({ name }) => name)).toEqual(['matches.png', 'heatmap.png'])
  expect(files.every(({ blob }) => blob.size > 0)).toBe(true)
  expect(Object.keys(timings).sort()).toEqual(['compute', 'decode', 'encode', 'modelLoad'])
})

test('counts each byte of a picture once', async () => {
  const { sent, outcome } = run()
  await outcome
  expect(sent.reduce((sum, bytes) => sum + bytes, 0)).toBe(imageBytes)
})

test('tells the phases in order, all on the server', async () => {
  const phases: RunProgress[] = []
  await run({ onProgress: (progress) => phases.push(progress) }).outcome
  const order = phases.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1])
  expect(order).toEqual(expect.arrayContaining(['uploading', 'waiting', 'downloading']))
  expect(order.indexOf('uploading')).toBeLessThan(order.indexOf('downloading'))
  expect(new Set(phases.map(({ place }) => place))).toEqual(new Set(['server']))
})

test('asks again where events do not come through', async () => {
  const direct = ask
  ask = (path, init) =>
    path.endsWith('/events') ? new Response('no streams here', { status: 502 }) : direct(path, init)
  await expect(run().outcome).resolves.toMatchObject({ ran: { backend: expect.any(String) } })
})

test('wrong parameters come back as the fields that are wrong', async () => {
  const { outcome } = run({ params: { threshold: 1.5, limit: 3 } })
  await expect(outcome).rejects.toMatchObject({
    code: 'invalid-input',
    issues: [{ path: ['threshold'], type: 'less_than_equal' }, { path: ['limit'] }],
  })
})

test('a task that failed is an error with the server’s sentence', async () => {
  compute = {
    ...openPage(),
    run: async () => ({ ok: false, code: 'timeout', message: 'It took too long', issues: [] }),
  }
  const app = server()
  ask = (path, init) => app.request(path, init)
  await expect(run().outcome).rejects.toMatchObject({ code: 'timeout', message: 'It took too long' })
})

test('an abort while the task runs cancels it on the server', async () => {
  compute = { ...openPage(), run: (_id, _call, report) => new Promise(() => report({ done: 0, total: 1 })) }
  const app = server()
  ask = (path, init) => app.request(path, init)
  const abort = new AbortController()
  const { outcome } = run({ signal: abort.signal, onProgress: ({ phase }) => phase === 'running' && abort.abort() })
  await expect(outcome).rejects.toMatchObject({ code: 'canceled' })
  expect(asked).toContainEqual(expect.stringMatching(/^DELETE \/api\/v1\/tasks\//))
})

test('a server that is busy is asked again when it said, and then does the run', async () => {
  const app = server()
  const refusal = () => Response.json({ detail: 'The queue is full' }, { status: 503, headers: { 'Retry-After': '0' } })
  const refused = new Set<string>()
  ask = (path, init) => {
    const question = `${init?.method ?? 'GET'} ${path}`
    const isFirst = !refused.has(question) && !path.endsWith('/events')
    refused.add(question)
    return isFirst ? refusal() : app.request(path, init)
  }
  const phases: string[] = []
  const { outcome } = run({ onProgress: ({ phase }) => phases.push(phase) })
  expect((await outcome).files).toHaveLength(2)
  expect(phases).toContain('waiting')
  expect(asked.filter((question) => question.startsWith('POST'))).toHaveLength(2)
})

test('an abort before sending sends nothing', async () => {
  const { outcome, sent } = run({ signal: AbortSignal.abort() })
  await expect(outcome).rejects.toMatchObject({ code: 'canceled' })
  expect(asked).toEqual([])
  expect(sent).toEqual([])
})

test('in private mode it refuses before anything is sent', async () => {
  guard.set(true)
  const { outcome, sent } = run()
  await expect(outcome).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/Private mode/) })
  expect(asked).toEqual([])
  expect(sent).toEqual([])
})

test('a connection that breaks is unavailable, not a surprise', async () => {
  FakeXhr.answer = () => Promise.reject(new TypeError('network'))
  await expect(run().outcome).rejects.toMatchObject({ code: 'unavailable' })
})
